import Foundation
import SessionConfig
import SessionWire
import ShallotStore
import SodiumKit
import Testing

@testable import ShallotCore

/// Groups and communities that other clients have joined: shown, kept as they are, and read in step.
/// - Source: configs.md §10.3, §10.4, §11
@Suite("Groups of other clients") struct MembershipTests {
    private static let later = Array("zz-later".utf8)

    private let clock = Twin.Clock()
    private let keys = AccountKeys.generate()
    private let member: GroupID
    private let invited: GroupID
    private let removed: GroupID
    private let legacy: AccountID
    private let room: CommunityRoom

    private var all: [ConversationID] {
        [.group(member), .group(invited), .group(removed), .account(legacy), room.conversationID]
    }

    init() throws {
        func group(_ number: UInt8) throws -> GroupID {
            try #require(GroupID(publicKey: Array(repeating: number, count: 32)))
        }
        (member, invited, removed) = (try group(1), try group(2), try group(3))
        legacy = try #require(AccountID(publicKey: Array(repeating: 4, count: 32)))
        let server = try CommunityServer(url: "https://example.org:8080", publicKey: Array(repeating: 5, count: 32))
        room = try CommunityRoom(server: server, name: "SudokuRoom")
    }

    /// What another client stored, with keys of a later version at the top and in each record.
    private func groups() throws -> SharedConfig {
        var groups = UserGroupsConfig(keys: ConfigKeys(account: keys))
        try groups.set(member) { ($0.name, $0.common.priority) = ("Member", 1) }
        try groups.set(invited) { ($0.name, $0.common.isInvited) = ("Invited", true) }
        try groups.set(removed) { group in
            group.name = "Removed"
            group.markKicked()
        }
        try groups.setLegacy(legacy) { $0.name = "Legacy" }
        try groups.set(room) { $0.priority = 0 }
        try groups.config.edit { data throws(ConfigError) in
            data[Self.later] = .scalar(.int(1))
            for (container, key) in [("g", member.bytes), ("C", legacy.bytes)] {
                guard var records = data[Array(container.utf8)]?.dict, var record = records[key]?.dict else { continue }
                record[Self.later] = .scalar(.int(2))
                records[key] = .dict(record)
                data[Array(container.utf8)] = .dict(records)
            }
        }
        return groups.config
    }

    private func makeDevice(with configs: [SharedConfig]) async throws -> Twin {
        let device = try await Twin(keys, clock)
        for var config in configs {
            let blobs = try config.push(now: clock.now).blobs
            let kind = config.kind
            try await device.hears([kind.namespace: blobs.map { device.message($0, in: kind.namespace) }])
        }
        return device
    }

    @Test func `each is listed as what it is`() async throws {
        let device = try await makeDevice(with: [groups()])
        let rows = try await device.store.allConversations()
        let shown = Dictionary(rows.map { ($0.id, $0.membership) }) { first, _ in first }
        #expect(shown[.group(member)] == MembershipRecord(kind: .group, name: "Member"))
        #expect(shown[.group(invited)] == MembershipRecord(kind: .group, name: "Invited", isInvited: true))
        #expect(shown[.group(removed)] == MembershipRecord(kind: .group, name: "Removed", isRemoved: true))
        #expect(shown[.account(legacy)] == MembershipRecord(kind: .legacyGroup, name: "Legacy"))
        #expect(shown[room.conversationID] == MembershipRecord(kind: .community, name: "SudokuRoom"))
        #expect(rows.first { $0.id == .group(member) }?.conversation.isPinned == true)
        // Whoever leaves one on another device has left it here.
        var groups = UserGroupsConfig(try await device.config(.userGroups))
        try groups.erase(member)
        try groups.eraseLegacy(legacy)
        try groups.eraseCommunity(room.name, at: room.server.url)
        let blobs = try groups.config.push(now: clock.now).blobs
        try await device.hears([.userGroups: blobs.map { device.message($0, in: .userGroups) }])
        #expect(Set(try await device.store.allConversations().map(\.id)) == [.group(invited), .group(removed)])
    }

    @Test func `what a later version wrote survives every push of this one`() async throws {
        let device = try await makeDevice(with: [groups()])
        for (number, id) in all.enumerated() {
            try await device.book.edit { editor in
                try editor.setPriority(number + 2, of: id)
                try editor.setMuted(until: .distantFuture, id)
            }
            try await device.push()
        }
        let fresh = try await Twin(keys, clock)
        try await device.book.edit { try $0.setMuted(until: nil, .group(member)) }
        try await fresh.hears(device.push())
        let data = try await fresh.config(.userGroups).data
        #expect(data[Self.later]?.int == 1)
        #expect(data[Array("g".utf8)]?.dict?[member.bytes]?.dict?[Self.later]?.int == 2)
        #expect(data[Array("C".utf8)]?.dict?[legacy.bytes]?.dict?[Self.later]?.int == 2)
        let groups = UserGroupsConfig(try await fresh.config(.userGroups))
        #expect(groups.group(member)?.common.priority == 2)
        #expect(groups.legacyGroups.first?.common.priority == 5)
        #expect(groups.communities.first?.common.priority == 6)
        #expect(groups.group(removed)?.removal == .kicked)
    }

    @Test func `what was read there stands where other clients look, and comes back from there`() async throws {
        let device = try await makeDevice(with: [groups()])
        let read = clock.now
        for id in all {
            try await device.book.edit { editor in
                try editor.markRead(id, upTo: read)
                try editor.setMarkedUnread(true, id)
            }
        }
        let pushed = try await device.push()
        let positions = ConvoInfoVolatileConfig(try await device.config(.convoInfoVolatile))
        let places: [VolatileConversation] = [
            .group(member), .group(invited), .group(removed), .legacyGroup(legacy), .community(room),
        ]
        for place in places {
            let position = try #require(positions.position(place))
            #expect(position.lastRead == Int64(read.timeIntervalSince1970 * 1_000) && position.isUnread)
        }
        #expect(positions.positions.count == places.count, "and nowhere else")
        // Another device hears of the positions before, and after, it hears of the groups.
        for isBefore in [true, false] {
            let other = try await makeDevice(with: isBefore ? [] : [groups()])
            try await other.hears(pushed)
            if isBefore {
                var config = try groups()
                let blobs = try config.push(now: clock.now).blobs
                try await other.hears([.userGroups: blobs.map { other.message($0, in: .userGroups) }])
            }
            for id in all {
                let row = try #require(try await other.store.conversation(id)).conversation
                #expect(row.lastReadAt == read && row.isMarkedUnread, "\(id) \(isBefore)")
            }
        }
        // What was read is read: the mark goes, everywhere.
        for id in all { try await device.book.edit { try $0.markRead(id, upTo: read) } }
        let rest = ConvoInfoVolatileConfig(try await device.config(.convoInfoVolatile)).positions
        #expect(rest.count == places.count && rest.allSatisfy { !$0.position.isUnread })
    }

    @Test func `an edit of a read position is written down in a form that is understood again`() throws {
        let places: [VolatileConversation] = [
            .account(legacy), .group(member), .legacyGroup(legacy), .community(room),
        ]
        for place in places {
            let edit = ConfigEdit.lastRead(ReadPlace(place), 7)
            #expect(ConfigEdit(text: try edit.text) == edit)
        }
        let earlier = #"{"markedUnread":{"_0":"\#(legacy)","_1":true}}"#
        #expect(ConfigEdit(text: earlier) == .markedUnread(ReadPlace(.account(legacy)), true))
    }

    @Test func `a profile that is older than the known one is not taken`() async throws {
        let person = AccountKeys.generate().accountID
        let device = try await Twin(keys, clock)
        try await device.book.edit { editor in
            _ = try editor.change(person) { contact in
                (contact.name, contact.profileUpdatedSeconds, contact.isApproved) = ("New", 200, true)
            }
        }
        try await device.push()
        var contacts = ContactsConfig(try await device.config(.contacts))
        try contacts.set(person) { ($0.name, $0.profileUpdated, $0.nickname) = ("Old", 100, "Nick") }
        let blobs = try contacts.config.push(now: clock.now).blobs
        try await device.hears([.contacts: blobs.map { device.message($0, in: .contacts) }])
        let row = try #require(try await device.store.contact(person))
        #expect(row.name == "New" && row.profileUpdatedSeconds == 200 && row.nickname == "Nick")
        var newer = ContactsConfig(try await device.config(.contacts))
        try newer.set(person) { ($0.name, $0.profileUpdated) = ("Newest", 200) }
        let more = try newer.config.push(now: clock.now).blobs
        try await device.hears([.contacts: more.map { device.message($0, in: .contacts) }])
        #expect(try await device.store.contact(person)?.name == "Newest")
    }
}
