import BaseKit
import Foundation
import SessionWire
import SodiumKit
import Testing

@testable import SessionConfig

/// The worked examples of configs.md §14.
@Suite struct DocumentTests {
    private let now = Date(timeIntervalSince1970: 1_700_000_000)
    private let keys: ConfigKeys
    private let (joe, hal): (AccountID, AccountID)

    init() throws {
        let seed = try #require([UInt8](hex: "0123456789abcdef0123456789abcdef"))
        keys = ConfigKeys(account: try AccountKeys(seed: SecretBytes(seed)))
        joe = try #require(AccountID(publicKey: [UInt8](repeating: 0xaa, count: 32)))
        hal = try #require(AccountID(publicKey: [UInt8](repeating: 0xbb, count: 32)))
    }

    private func contacts(_ config: SharedConfig? = nil) -> ContactsConfig {
        ContactsConfig(config ?? SharedConfig(.contacts, keys: keys))
    }

    /// Pushes and confirms; gives the state's hash.
    private func settle(_ view: inout ContactsConfig, _ name: String) throws -> (hash: String, blob: StoredConfig) {
        let push = try view.config.push(now: now)
        view.config.confirmPushed(push.sequence, hashes: [name])
        return (view.config.message.hash.hex, StoredConfig(hash: name, data: push.blobs[0]))
    }

    @Test func `a contact comes, is blocked, and goes`() throws {
        var view = contacts()
        try view.set(joe) { ($0.name, $0.isApproved, $0.created) = ("Joe", true, 1_680_064_059) }
        #expect(try settle(&view, "1").hash == "aa74843b04a6344bcce61925ca84bfd5d8f6d833b3e7cb75f49abc5431b76d8e")
        try view.set(joe) { ($0.isApproved, $0.isBlocked) = (false, true) }
        #expect(try settle(&view, "2").hash == "7448fdc690310630b702d5f19e0dbfc6c1c782a65592ca646063bd0b4f5e0669")
        try view.erase(joe)
        #expect(try settle(&view, "3").hash == "65e7cfddc4d5d8c94e4956cb374aa7a7c8b3884cff1056e4526002ca23f2a40a")
    }

    @Test func `a contact that one device erases and the other edits keeps what was edited`() throws {
        var base = contacts()
        try base.set(joe) { $0.name = "Joe" }
        #expect(try settle(&base, "0").hash == "af5443020e903856c597dd85b09afde656631136d0a9c5c64115c85da9193288")
        var (a, b) = (base, base)
        try a.erase(joe)
        try b.set(joe) { $0.nickname = "J" }
        let first = try settle(&a, "a")
        #expect(first.hash == "3474afb3a28866fb207cb0d66f53336468115bd9d689aa252be167d3f308447d")
        // The document's edit names only the nickname; so does ours, as the name stays as it was.
        #expect(try settle(&b, "b").hash == "e4c9bc0d56a2c5c0b7bef08415448ca7d092ef0614b70b00a6d3cef969e09aac")
        #expect(b.config.merge([first.blob], now: now) == ["a"])
        #expect(b.config.message.hash.hex == "d59202f2be5245e89cf348e98e37aa5de7e9a342dada21511760a251fdfde4ce")
        #expect(b.contact(joe)?.nickname == "J")
        #expect(b.contact(joe)?.name == "")
    }

    @Test(arguments: [
        (
            "Hal", "0840553e6082ce023d66394717e3e78e5b562f14e7800a3cc56e01a64721bc4f",
            "9fda4296a01ae02f14a00ccbfe40c8abe0ff8d38d6375a9a4ed479e657a052b9", false
        ),
        (
            "Gus", "c2d05e36daf4236a721dbd3be6e5607d69efb4e2a928b9e6467c07cc7d709ff0",
            "b637eb3ff800acbeee35a54caf4c0487ff5312e7bdb0ec91c4b26309caa04acf", true
        ),
    ])
    func `a container that vanishes takes along what the lesser message added`(
        name: String, added: String, hash: String, survives: Bool
    ) throws {
        var base = contacts()
        try base.set(joe) { $0.name = "Joe" }
        _ = try settle(&base, "0")
        var (a, b) = (base, base)
        try a.erase(joe)
        try b.set(hal) { $0.name = name }
        let (first, second) = (try settle(&a, "a"), try settle(&b, "b"))
        #expect(second.hash == added)
        for (one, other) in [(a, second.blob), (b, first.blob)] {
            var merged = one
            _ = merged.config.merge([other], now: now)
            #expect(merged.config.message.hash.hex == hash)
            #expect((merged.contact(hal) != nil) == survives)
            #expect(merged.config.obsolete == ["a", "b"])
        }
    }

    @Test func `a group and a community`() throws {
        let seed = [UInt8](repeating: 0x11, count: 32)
        let id = try #require(GroupID("03d04ab232742bb4ab3a1368bd4615e4e6d0224ab71a016baf8520a332c9778737"))
        var view = UserGroupsConfig(keys: keys)
        try view.set(id) { ($0.seed, $0.name, $0.common.joined) = (seed, "Club", 1_700_000_000) }
        let key = try #require([UInt8](hex: String(repeating: "0123456789abcdef", count: 4)))
        let server = try CommunityServer(url: "http://Example.org:5678", publicKey: key)
        try view.set(CommunityRoom(server: server, name: "SudokuRoom")) { _ in }
        _ = try view.config.push(now: now)
        #expect(view.config.message.hash.hex == "c7c3c1574149a48c186e2573f81bcdfedbb17bf252795e0ff949dc3fc598166c")
        #expect(view.communities.map(\.room.name) == ["SudokuRoom"])
    }
}
