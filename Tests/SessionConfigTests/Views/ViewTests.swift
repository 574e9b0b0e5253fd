import BaseKit
import Foundation
import SessionWire
import SodiumKit
import Testing

@testable import SessionConfig

@Suite struct ViewTests {
    private let now = Date(timeIntervalSince1970: 1_775_000_000)
    private let keys: ConfigKeys
    private let ana: AccountID

    init() throws {
        keys = ConfigKeys(account: try AccountKeys(seed: SecretBytes([UInt8](repeating: 9, count: 16))))
        ana = try #require(AccountID(publicKey: [UInt8](repeating: 1, count: 32)))
    }

    @Test func `keys of later versions survive every edit of their record`() throws {
        var config = SharedConfig(.contacts, keys: keys)
        try config.edit { data throws(ConfigError) in
            try data.change("c") { contacts throws(ConfigError) in
                try contacts.change(ana.bytes) { $0.set("zz", text: "later") }
            }
        }
        var view = ContactsConfig(config)
        try view.set(ana) { ($0.name, $0.isBlocked) = ("Ana", true) }
        #expect(view.config.data.dict("c").dict(ana.bytes)?.text("zz") == "later")
    }

    @Test func `keys of later versions survive every edit of the profile`() throws {
        var config = SharedConfig(.userProfile, keys: keys)
        try config.edit { data throws(ConfigError) in
            data.set("zz", text: "later")
            try data.change("s") { $0.set("zz", int: 1) }
        }
        var view = UserProfileConfig(config)
        try view.setName("Ana", now: now)
        let picture = try ConfigPicture(url: "http://a.org/1", key: [UInt8](repeating: 1, count: 32))
        try view.setPicture(picture, now: now)
        try view.setPicture(nil, now: now)
        try view.setNoteToSelfPriority(2)
        try view.setNoteToSelfExpiry(60)
        try view.setAcceptsCommunityRequests(true, now: now)
        try view.setProfileBit(3, true, now: now)
        try view.setProfileBit(3, false, now: now)
        let push = try view.config.push(now: now)
        var other = SharedConfig(.userProfile, keys: keys)
        _ = other.merge([StoredConfig(hash: "h", data: push.blobs[0])], now: now)
        #expect(other.data.text("zz") == "later")
        #expect(other.data.dict("s").int("zz") == 1)
    }

    @Test func `keys of later versions survive every edit of groups and communities`() throws {
        let group = try #require(GroupID("03d04ab232742bb4ab3a1368bd4615e4e6d0224ab71a016baf8520a332c9778737"))
        let server = try CommunityServer(url: "http://a.org", publicKey: [UInt8](repeating: 1, count: 32))
        let room = try CommunityRoom(server: server, name: "Lobby")
        var view = UserGroupsConfig(keys: keys)
        try view.set(group) { $0.name = "Club" }
        try view.set(room) { $0.priority = 1 }
        try view.setLegacy(ana) { $0.name = "Old" }
        func later(_ dict: inout ConfigDict) { dict.set("zz", text: "later") }
        try view.config.edit { data throws(ConfigError) in
            later(&data)
            for (container, key) in [("g", group.bytes), ("C", ana.bytes), ("o", Array("http://a.org".utf8))] {
                try data.change(container) { records throws(ConfigError) in
                    later(&records)
                    try records.change(key) { record throws(ConfigError) in
                        later(&record)
                        guard container == "o" else { return }
                        try record.change("R") { rooms throws(ConfigError) in
                            try rooms.change("lobby") { room throws(ConfigError) in later(&room) }
                        }
                    }
                }
            }
        }
        try view.set(group) { ($0.name, $0.common.priority) = ("Club of two", 3) }
        try view.set(room) { ($0.priority, $0.muteUntil) = (0, 1_775_000_000) }
        try view.set(CommunityRoom(server: server, name: "Other")) { _ in }
        try view.eraseCommunity("other", at: "http://a.org")
        try view.setLegacy(ana) { $0.name = "Older" }
        let push = try view.config.push(now: now)
        var other = SharedConfig(.userGroups, keys: keys)
        _ = other.merge([StoredConfig(hash: "h", data: push.blobs[0])], now: now)
        #expect(other.data.text("zz") == "later")
        for (container, key) in [("g", group.bytes), ("C", ana.bytes), ("o", Array("http://a.org".utf8))] {
            #expect(other.data.dict(container).text("zz") == "later")
            #expect(other.data.dict(container).dict(key)?.text("zz") == "later")
        }
        let rooms = other.data.dict("o").dict(Array("http://a.org".utf8))?.dict("R")
        #expect(rooms?.dict(Array("lobby".utf8))?.text("zz") == "later")
    }

    @Test func `times that old clients wrote too finely are seconds`() {
        #expect(ConfigDict.seconds(1_775_000_000) == 1_775_000_000)
        #expect(ConfigDict.seconds(1_775_000_000_000) == 1_775_000_000)
        #expect(ConfigDict.seconds(1_775_000_000_000_000) == 1_775_000_000)
    }

    @Test(arguments: [
        ("a", "a"), (String(repeating: "x", count: 101), String(repeating: "x", count: 100)),
        (String(repeating: "x", count: 99) + "ü", String(repeating: "x", count: 99)),
        (String(repeating: "x", count: 98) + "ü", String(repeating: "x", count: 98) + "ü"),
        (String(repeating: "x", count: 97) + "😀", String(repeating: "x", count: 97)),
        (String(repeating: "😀", count: 30), String(repeating: "😀", count: 25)),
    ])
    func `names end with a whole character within 100 bytes`(name: String, cut: String) {
        #expect(ConfigName.truncated(name) == cut)
    }

    @Test(arguments: [
        ("HTTPS://Example.ORG/", "https://example.org"), ("https://example.org:443", "https://example.org"),
        ("http://example.org:443", "http://example.org:443"), ("http://example.org:80/", "http://example.org"),
    ])
    func `an address has one spelling`(text: String, url: String) throws {
        #expect(try CommunityServer.canonical(text) == url)
    }

    @Test(arguments: [
        "", "example.org", "ftp://example.org", "http://", "http://a b", "http://a:0", "http://a:b:c",
        "http://a/b", "http://a:99999", "http://\(String(repeating: "a", count: 267))",
    ])
    func `what is no address of a server is refused`(text: String) {
        #expect(throws: ConfigError.badCommunity) { try CommunityServer.canonical(text) }
    }

    @Test func `a link carries its key in several spellings`() throws {
        let key = [UInt8](0..<32)
        for spelling in [key.hex, key.base64, key.base64Unpadded] {
            let room = try CommunityRoom(link: "http://Example.org/r/Lobby?public_key=\(spelling)")
            #expect(room.server.publicKey == key)
            #expect(room.link == "http://example.org/Lobby?public_key=\(key.hex)")
            #expect(try CommunityRoom(link: room.link) == room)
        }
        #expect(Base32z.decode("9999") == nil)
        #expect(Base32z.decode("yy") == [0])
        #expect(throws: ConfigError.badCommunity) { try CommunityRoom(link: "http://example.org/r/a?public_key=00") }
        #expect(throws: ConfigError.badCommunity) {
            try CommunityRoom(link: "http://example.org/a b?public_key=\(key.hex)")
        }
    }

    @Test func `the last room of a server takes the server along, and a new key replaces the old`() throws {
        var view = UserGroupsConfig(keys: keys)
        for byte in UInt8(1)...2 {
            let server = try CommunityServer(url: "http://a.org", publicKey: [UInt8](repeating: byte, count: 32))
            try view.set(CommunityRoom(server: server, name: "Room\(byte)")) { $0.priority = 1 }
        }
        #expect(view.communities.map(\.room.server.publicKey[0]) == [2, 2])
        try view.eraseCommunity("ROOM1", at: "http://A.org")
        #expect(view.communities.count == 1)
        try view.eraseCommunity("room2", at: "http://a.org")
        #expect(view.config.data.isEmpty)
    }

    @Test func `what a paid account shares is kept as it was`() throws {
        var view = UserProfileConfig(keys: keys)
        let pro = ProEntry(
            rotatingSeed: [UInt8](repeating: 1, count: 32), version: 0, tag: [UInt8](repeating: 2, count: 32),
            expiry: 1_790_000_000_000, signature: [UInt8](repeating: 3, count: 64))
        try view.setPro(pro, now: now)
        #expect(view.pro == pro)
        #expect(view.profileUpdated == 1_775_000_000)
        try view.setName("Ana", now: now)
        #expect(view.pro == pro)
    }

    @Test func `a read position may be lowered, but an old one is not begun`() throws {
        var view = ConvoInfoVolatileConfig(keys: keys)
        let recent = now.wholeMilliseconds - 1_000
        let old = now.wholeMilliseconds - 31 * 86_400_000
        try view.set(.account(ana), now: now) { $0.lastRead = old }
        #expect(view.position(.account(ana)) == nil)
        try view.set(.account(ana), now: now) { $0.lastRead = recent }
        try view.set(.account(ana), now: now) { $0.lastRead = old }
        #expect(view.position(.account(ana))?.lastRead == old)
    }

    @Test func `wrong kinds of values are as good as absent`() throws {
        var config = SharedConfig(.contacts, keys: keys)
        try config.edit { data throws(ConfigError) in
            try data.change("c") { contacts throws(ConfigError) in
                try contacts.change(ana.bytes) { dict in
                    dict.set("n", int: 5)
                    dict.set("a", text: "yes")
                    dict.set("p", text: "http://x")
                    dict.set("q", text: "short")
                    dict["f"] = .dict([[1]: .scalar(.int(1))])
                }
                contacts[[5]] = .scalar(.int(1))
                contacts.set("short", text: "x")
            }
        }
        let contact = try #require(ContactsConfig(config).contacts.first)
        #expect(contact == ContactEntry(id: ana))
    }
}
