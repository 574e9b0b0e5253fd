import BaseKit
import Devnet
import Foundation
import SessionConfig
import SessionWire
import SodiumKit

/// An account that other clients have used for long, as it lies in its swarm: everything in it is made by hand, nothing by
/// the messenger.
struct RichAccount {
    static let contactCount = 50
    static let groupCount = 5
    static let communityCount = 3
    static let messageCount = 500

    let keys = AccountKeys.generate()
    let people = (0..<contactCount).map { _ in AccountKeys.generate() }
    /// What a later version wrote, and this one must keep.
    static let unknownKey = Array("zz-later".utf8)

    var words: String { RecoveryPhrase.encode(keys.seed)?.joined(separator: " ") ?? "" }

    /// Puts it all into the swarm.
    func store(in network: TestNetwork, now: Date) async throws {
        try await storeConfigs(in: network, now: now)
        for number in 0..<Self.messageCount {
            let person = people[number % Self.contactCount]
            let age = TimeInterval(Self.messageCount - number) * 10 * 86_400 / TimeInterval(Self.messageCount)
            // A copy approves its recipient: the ones who are not approved get none.
            let isOwn = number % 7 == 3 && number % 10 != 9
            let content = MessageContent(
                kind: .data(
                    DataMessage(body: "message \(number)", syncTarget: isOwn ? person.accountID.description : nil)),
                sentTimestamp: UInt64(now.addingTimeInterval(-age).timeIntervalSince1970 * 1_000))
            await network.devnet.inject(
                try DirectMessage.encode(
                    content, from: isOwn ? keys : person, to: keys.accountID, random: SystemRandom()),
                for: keys.accountID)
        }
    }

    /// The same without messages.
    func storeConfigs(in network: TestNetwork, now: Date) async throws {
        for var config in try configs(now: now) {
            for blob in try config.push(now: now).blobs {
                await network.devnet.inject(blob, for: keys.accountID, namespace: config.kind.namespace)
            }
        }
    }

    private func configs(now: Date) throws -> [SharedConfig] {
        let configKeys = ConfigKeys(account: keys)
        var profile = UserProfileConfig(keys: configKeys)
        try profile.setName("Rich", now: now)
        let picture = try ConfigPicture(url: "http://files/1", key: Array(repeating: 7, count: 32))
        try profile.setPicture(picture, now: now)
        try profile.setNoteToSelfPriority(2)
        try profile.setNoteToSelfExpiry(86_400)
        try profile.config.edit { data throws(ConfigError) in data[Self.unknownKey] = .scalar(.int(9)) }
        var contacts = ContactsConfig(keys: configKeys)
        var positions = ConvoInfoVolatileConfig(keys: configKeys)
        for (number, person) in people.enumerated() {
            try contacts.set(person.accountID) { entry in
                entry.name = "Person \(number)"
                entry.nickname = number % 5 == 0 ? "Nick \(number)" : ""
                (entry.isApproved, entry.didApproveUs) = (number % 10 != 9, true)
                entry.isBlocked = number % 12 == 5
                entry.priority = number % 9 == 1 ? 1 : 0
                entry.muteUntil = number % 8 == 2 ? 9_000_000_000 : 0
                entry.expiry = number % 11 == 4 ? .afterRead(seconds: 3_600) : nil
                entry.picture = number % 6 == 0 ? picture : nil
                entry.profileUpdated = Int64(1_700_000_000 + number)
                entry.created = Int64(now.timeIntervalSince1970) - 1_000_000
            }
            try positions.set(.account(person.accountID), now: now) { position in
                position.lastRead = Int64(now.timeIntervalSince1970 * 1_000) - Int64(number) * 20_000_000
                position.isUnread = number % 13 == 6
            }
        }
        var groups = UserGroupsConfig(keys: configKeys)
        for number in 0..<Self.groupCount {
            guard let id = GroupID(publicKey: Array(repeating: UInt8(number + 1), count: 32)) else { continue }
            try groups.set(id) { group in
                group.name = "Group \(number)"
                group.auth = Array(repeating: 3, count: GroupEntry.authSize)
                group.common.priority = number == 2 ? 1 : 0
                group.common.joined = 1_700_000_000
            }
        }
        for number in 0..<Self.communityCount {
            let server = try CommunityServer(
                url: "https://example\(number).org", publicKey: Array(repeating: 5, count: 32))
            try groups.set(CommunityRoom(server: server, name: "Room\(number)")) { $0.joined = 1_700_000_000 }
        }
        return [profile.config, contacts.config, groups.config, positions.config]
    }
}
