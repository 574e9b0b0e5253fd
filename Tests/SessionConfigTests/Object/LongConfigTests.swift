import BaseKit
import Foundation
import SessionWire
import ShallotTestSupport
import SodiumKit
import Testing

@testable import SessionConfig

/// Configs of several stored messages.
/// - Source: configs.md §7.4, §13
@Suite struct LongConfigTests {
    private let now = Date(timeIntervalSince1970: 1_775_000_000)
    private let keys: ConfigKeys

    init() throws { keys = ConfigKeys(account: try AccountKeys(seed: SecretBytes([UInt8](repeating: 3, count: 16)))) }

    /// Says something new, and stores it.
    private func push(
        _ config: inout SharedConfig, _ number: Int, _ random: inout SeededRandom
    ) throws -> [StoredConfig] {
        let noise = random.bytes(ConfigMultipart.chunk)
        try config.edit { data throws(ConfigError) in data.set("noise", bytes: noise) }
        let push = try config.push(now: now + Double(number))
        #expect(push.blobs.count == 2)
        let stored = push.blobs.enumerated().map { StoredConfig(hash: "\(number)-\($0)", data: $1) }
        config.confirmPushed(push.sequence, hashes: stored.map(\.hash))
        return stored
    }

    @Test func `forty long states within an hour arrive, and so do forty of the other side`() throws {
        var random = SeededRandom(seed: 1)
        var (one, other) = (SharedConfig(.userProfile, keys: keys), SharedConfig(.userProfile, keys: keys))
        for number in 0..<40 {
            let stored = try push(&one, number, &random)
            #expect(other.merge(stored, now: now + Double(number)) == stored.map(\.hash))
            #expect(other.message == one.message)
        }
        for number in 40..<80 {
            let stored = try push(&other, number, &random)
            #expect(one.merge(stored, now: now + Double(number)) == stored.map(\.hash))
            #expect(one.message == other.message)
        }
        #expect(one.activeHashes == ["79-0", "79-1"])
    }

    @Test func `five thousand contacts with pictures are stored, read and merged`() throws {
        var random = SeededRandom(seed: 2)
        let people = (0..<5_000).compactMap { _ in AccountID(publicKey: random.bytes(32)) }
        var view = ContactsConfig(keys: keys)
        let pictures = try people.map { _ in
            try ConfigPicture(url: "http://files.example.org/file/\(random.bytes(8).hex)", key: random.bytes(32))
        }
        let known = Dictionary(uniqueKeysWithValues: zip(people, pictures))
        try view.set(people) { entry, _ in
            entry.name = "Somebody whose name is \(Array(entry.id.publicKey.prefix(4)).hex)"
            entry.picture = known[entry.id]
            (entry.isApproved, entry.didApproveUs, entry.created) = (true, true, 1_775_000_000)
        }
        let first = try stored(&view.config, "first")
        #expect(first.allSatisfy { $0.data.count <= ConfigMultipart.maximumBlob })
        var other = ContactsConfig(keys: keys)
        #expect(other.config.merge(first.shuffled(using: &random), now: now).count == first.count)
        #expect(other.config.message == view.config.message)

        // Both go on at the same time.
        try view.set(people[1]) { $0.nickname = "One" }
        try other.set(people[2]) { $0.nickname = "Two" }
        let (one, two) = (try stored(&view.config, "one"), try stored(&other.config, "two"))
        _ = view.config.merge(two, now: now)
        _ = other.config.merge(one, now: now)
        #expect(view.config.message == other.config.message)
        #expect(view.contact(people[1])?.nickname == "One")
        #expect(view.contact(people[2])?.nickname == "Two")
        #expect(view.contacts.count == 5_000)
        let merged = try stored(&view.config, "merged")
        var fresh = SharedConfig(.contacts, keys: keys)
        #expect(fresh.merge(merged, now: now).count == merged.count)
        #expect(fresh.message == view.config.message)
    }

    private func stored(_ config: inout SharedConfig, _ name: String) throws -> [StoredConfig] {
        let push = try config.push(now: now)
        let stored = push.blobs.enumerated().map { StoredConfig(hash: "\(name) \($0)", data: $1) }
        config.confirmPushed(push.sequence, hashes: stored.map(\.hash))
        return stored
    }

    @Test func `what no swarm takes is said, and nothing is lost by trying`() throws {
        var random = SeededRandom(seed: 3)
        var config = SharedConfig(.contacts, keys: keys)
        let noise = random.bytes(ConfigMultipart.maximumConfig + 1)
        try config.edit { data throws(ConfigError) in data.set("noise", bytes: noise) }
        #expect {
            try config.push(now: now)
        } throws: { error in
            if case ConfigError.tooLong(let count) = error { count > ConfigMultipart.maximumConfig } else { false }
        }
        #expect(config.isDirty)
        #expect(config.data.bytes("noise") == noise)
        // Smaller again, it goes.
        try config.edit { data throws(ConfigError) in data.set("noise", bytes: Array(noise.prefix(10))) }
        #expect(try config.push(now: now).blobs.count == 1)
    }
}
