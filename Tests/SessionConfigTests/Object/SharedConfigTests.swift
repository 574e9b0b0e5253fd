import BaseKit
import Foundation
import SessionWire
import ShallotTestSupport
import SodiumKit
import Testing

@testable import SessionConfig

@Suite struct SharedConfigTests {
    private let now = Date(timeIntervalSince1970: 1_775_000_000)
    private let keys: ConfigKeys
    private let people: [AccountID]

    init() throws {
        keys = ConfigKeys(account: try AccountKeys(seed: SecretBytes([UInt8](repeating: 3, count: 16))))
        people = (1...9).compactMap { AccountID(publicKey: [UInt8](repeating: $0, count: 32)) }
    }

    private func named(_ name: String, _ config: SharedConfig? = nil) throws -> SharedConfig {
        var view = ContactsConfig(config ?? SharedConfig(.contacts, keys: keys))
        try view.set(people[0]) { $0.name = name }
        return view.config
    }

    private func name(_ config: SharedConfig) -> String? { ContactsConfig(config).contact(people[0])?.name }

    @Test func `a change that makes no difference leaves it clean`() throws {
        var config = try named("Ana")
        let push = try config.push(now: now)
        config.confirmPushed(push.sequence, hashes: ["h1"])
        #expect(try !named("Ana", config).needsPush)
        var view = ContactsConfig(config)
        try view.erase(people[5])
        #expect(!view.config.needsPush)
    }

    @Test func `an edit while a push is on its way is not confirmed with it`() throws {
        var config = try named("Ana")
        let push = try config.push(now: now)
        config = try named("Ben", config)
        config.confirmPushed(push.sequence, hashes: ["h1"])
        #expect(config.isDirty)
        #expect(config.sequence == push.sequence + 1)
        #expect(config.storedHashes.isEmpty)
    }

    @Test func `pushing again gives the same bytes`() throws {
        var config = try named("Ana")
        let first = try config.push(now: now)
        #expect(try config.push(now: now + 90).blobs == first.blobs)
        config.confirmPushed(first.sequence, hashes: ["h1"])
        #expect(try config.push(now: now + 900).blobs == first.blobs)
        #expect(!config.needsPush)
    }

    @Test func `our own message that comes back unconfirmed is not made obsolete`() throws {
        var config = try named("Ana")
        let push = try config.push(now: now)
        let back = StoredConfig(hash: "h1", data: push.blobs[0])
        #expect(config.merge([back], now: now) == ["h1"])
        #expect(config.obsolete.isEmpty)
        #expect(config.needsPush)
        config.confirmPushed(push.sequence, hashes: ["h1"])
        #expect(config.merge([back], now: now) == ["h1"])
        #expect(config.obsolete.isEmpty)
        #expect(config.storedHashes == ["h1"])
    }

    @Test func `what is five generations behind is dropped, four are merged`() throws {
        for (generations, survives) in [(5, true), (6, false)] {
            var ahead = SharedConfig(.contacts, keys: keys)
            var stored: [StoredConfig] = []
            for number in 0..<generations {
                ahead = try named("v\(number)", ahead)
                let push = try ahead.push(now: now)
                ahead.confirmPushed(push.sequence, hashes: ["h\(number)"])
                stored.append(StoredConfig(hash: "h\(number)", data: push.blobs[0]))
            }
            var view = ContactsConfig(SharedConfig(.contacts, keys: keys))
            try view.set(people[1]) { $0.name = "mine" }
            var behind = view.config
            _ = behind.merge(stored, now: now)
            #expect(name(behind) == "v\(generations - 1)")
            #expect((ContactsConfig(behind).contact(people[1]) != nil) == survives)
            #expect(behind.needsPush == survives)
        }
    }

    @Test func `what cannot be read is left alone`() throws {
        var config = try named("Ana")
        let before = config.message.bytes
        let other = ConfigKeys(account: AccountKeys.generate())
        var foreign = SharedConfig(.contacts, keys: other)
        try foreign.edit { data throws(ConfigError) in data.set("x", int: 1) }
        var profile = SharedConfig(.userProfile, keys: keys)
        try profile.edit { data throws(ConfigError) in data.set("x", int: 1) }
        let blobs = try [foreign.push(now: now).blobs[0], profile.push(now: now).blobs[0], [], [1, 2, 3]]
        let stored = blobs.enumerated().map { StoredConfig(hash: "x\($0)", data: $1) }
        #expect(config.merge(stored, now: now).isEmpty)
        #expect(config.message.bytes == before)
        #expect(config.obsolete.isEmpty)
    }

    @Test func `a message of a later format is neither taken nor deleted`() throws {
        let message = Array("d1:!i1e1:#i9e1:&dee".utf8)
        let blob = try #require(
            ConfigEncryption.encrypt(
                ConfigPadding.pad(message), base: keys.encryption[0].copyBytes(), domain: "Contacts"))
        var config = try named("Ana")
        #expect(config.merge([StoredConfig(hash: "new", data: blob)], now: now).isEmpty)
        #expect(config.obsolete.isEmpty)
        #expect(name(config) == "Ana")
    }

    @Test func `a message whose changes make no sense costs nothing but itself`() throws {
        var base = try named("Ana")
        let first = try base.push(now: now)
        base.confirmPushed(first.sequence, hashes: ["base"])
        var theirs = ContactsConfig(base)
        try theirs.set(people[1]) { $0.name = "Ben" }
        let good = StoredConfig(hash: "good", data: try theirs.config.push(now: now).blobs[0])
        // A number is no change.
        var reader = ConfigReader(Array("d1:xi5ee".utf8))
        var state = ConfigState(sequence: 2, data: base.data, diff: try ConfigDiff(&reader))
        state.data.set("x", int: 1)
        state.lags = base.message.lags
        state.lags[base.message.key] = base.message.diff
        let written = ConfigPadding.pad(state.encoded(signer: nil))
        let blob = try #require(
            ConfigEncryption.encrypt(written, base: keys.encryption[0].copyBytes(), domain: "Contacts"))
        let bad = StoredConfig(hash: "bad", data: blob)

        for stored in [[bad, good], [good, bad]] {
            var ours = ContactsConfig(base)
            try ours.set(people[2]) { $0.name = "Cleo" }
            #expect(ours.config.merge(stored, now: now) == ["good"])
            #expect(ours.contacts.map(\.name) == ["Ana", "Ben", "Cleo"])
            #expect(!ours.config.obsolete.contains("bad"))
        }
        // Alone it changes nothing that was made here.
        var ours = try named("Cleo", base)
        let before = ours.message
        #expect(ours.merge([bad], now: now).isEmpty)
        #expect(ours.message == before)
    }

    @Test func `bare and doubly wrapped messages are read`() throws {
        var config = try named("Ana")
        let push = try config.push(now: now)
        let account = try #require(keys.account)
        let bare = try #require(ConfigWrap.unwrap(push.blobs[0], kind: .contacts, keys: account))
        let twice = try #require(
            ConfigWrap.wrap(push.blobs[0], kind: .contacts, sequence: push.sequence, keys: account))
        for blob in [bare, twice] {
            var reader = SharedConfig(.contacts, keys: keys)
            #expect(reader.merge([StoredConfig(hash: "h", data: blob)], now: now) == ["h"])
            #expect(name(reader) == "Ana")
        }
    }

    @Test func `ten megabytes out of a few bytes are refused`() throws {
        let bomb = ConfigCompression.compress([UInt8](repeating: UInt8(ascii: "d"), count: ConfigCompression.limit + 1))
        let blob = try #require(
            ConfigEncryption.encrypt(
                ConfigPadding.pad(bomb), base: keys.encryption[0].copyBytes(), domain: "Contacts"))
        var config = SharedConfig(.contacts, keys: keys)
        #expect(config.merge([StoredConfig(hash: "bomb", data: blob)], now: now).isEmpty)
    }

    @Test func `a crash between storing and confirming pushes the same again`() throws {
        var config = try named("Ana")
        let push = try config.push(now: now)
        var restarted = try SharedConfig(.contacts, keys: keys, dump: config.dump())
        #expect(restarted.needsPush)
        #expect(try restarted.push(now: now).blobs == push.blobs)
    }

    @Test func `a dump of the reference with unsent changes goes on with the next number`() throws {
        var config = try named("Ana")
        let dump = config.dump()
        guard case .dict(var members) = try BTValue.parse(dump) else {
            Issue.record("something else was read")
            return
        }
        #expect(members.removeValue(forKey: Array("b".utf8)) != nil)
        let loaded = try SharedConfig(.contacts, keys: keys, dump: BTValue.dict(members).encoded())
        #expect(loaded.isDirty)
        #expect(loaded.sequence == config.sequence + 1)
        #expect(name(loaded) == "Ana")
    }

    @Test func `damaged dumps are refused or read, never more`() throws {
        var config = try named("Ana")
        let sample = config.dump()
        for bytes in BrokenInput.bitFlips(of: sample) + BrokenInput.truncations(of: sample) {
            guard var loaded = try? SharedConfig(.contacts, keys: keys, dump: bytes) else { continue }
            let again = try SharedConfig(.contacts, keys: keys, dump: loaded.dump())
            #expect(again.message == loaded.message)
        }
    }

    @Test func `a member of a group takes what admins write and changes nothing`() throws {
        let admin = Ed25519.KeyPair.generate()
        let group = try #require(GroupID(publicKey: admin.publicKey))
        let key = SecretBytes.random(32)
        var theirs = SharedConfig(.groupInfo, keys: ConfigKeys(group: group, encryption: [key], signer: admin))
        try theirs.edit { data throws(ConfigError) in data.set("n", text: "Club") }
        let push = try theirs.push(now: now)
        var ours = SharedConfig(
            .groupInfo, keys: ConfigKeys(group: group, encryption: [SecretBytes.random(32), key], signer: nil))
        #expect(ours.merge([StoredConfig(hash: "h", data: push.blobs[0])], now: now) == ["h"])
        #expect(ours.data.text("n") == "Club")
        #expect(throws: ConfigError.readOnly) {
            try ours.edit { data throws(ConfigError) in data.set("n", text: "Mine") }
        }
        #expect(ours.data.text("n") == "Club")
    }
}
