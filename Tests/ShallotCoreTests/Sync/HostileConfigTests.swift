import BaseKit
import Devnet
import Foundation
import SessionWire
import ShallotStore
import SodiumKit
import Testing

@testable import SessionConfig
@testable import ShallotCore

/// What a swarm may give that is not what the account's devices wrote.
/// - Source: configs.md §13, §15
@Suite("Hostile configs", .serialized, .timeLimit(.minutes(5))) struct HostileConfigTests {
    private struct Scene {
        let network: TestNetwork
        let anna: Person
        let ben: Person
        let keys: AccountKeys

        init() async throws {
            network = try await TestNetwork()
            (anna, ben) = try await network.friends()
            let words = try await anna.messenger.recoveryPhrase().joined(separator: " ")
            keys = try AccountKeys(seed: RecoveryPhrase.decode(words))
            try await anna.isPushed()
        }

        /// The present config as the swarm has it.
        func config(_ kind: ConfigKind) async -> SharedConfig {
            var config = SharedConfig(kind, keys: ConfigKeys(account: keys))
            for messages in await network.devnet.messages(of: anna.id, namespace: kind.namespace) {
                _ = config.merge(messages.map { StoredConfig(hash: $0.hash.rawValue, data: $0.data) }, now: Date())
            }
            return config
        }
    }

    @Test func `what cannot be read changes nothing, is left where it is, and stops nobody`() async throws {
        let scene = try await Scene()
        let before = try await scene.anna.shared()
        var own = await scene.config(.contacts)
        let good = try #require(try own.push(now: Date()).blobs.first)
        var foreign = ContactsConfig(keys: ConfigKeys(account: .generate()))
        try foreign.set(scene.ben.id) { $0.isBlocked = true }
        var blobs: [[UInt8]] = [[], [0], SystemRandom().bytes(1_000), Array(good.dropLast()), good.reversed()]
        blobs += stride(from: 1, to: good.count, by: max(1, good.count / 20)).map { Array(good.prefix($0)) }
        blobs.append(try #require(try foreign.config.push(now: Date()).blobs.first))
        // Sealed with the right key: of the future, too deep, too long when unpacked, no config at all.
        let bomb = ConfigCompression.compress(Array(repeating: 0, count: 11_000_000))
        for text in ["d1:!i1e1:#i9e1:&deee", "d1:#i-1e1:&dee", "hello", "d1:#i99e1:&d1:ade1:=dee"] {
            blobs.append(try Self.sealed(Array(text.utf8), scene.keys))
        }
        blobs.append(try Self.sealed(Array(String(repeating: "l", count: 10_000).utf8), scene.keys))
        blobs.append(try Self.sealed(bomb, scene.keys))
        for blob in blobs { await scene.network.devnet.inject(blob, for: scene.anna.id, namespace: .contacts) }
        try await scene.anna.catchUp()
        #expect(try await scene.anna.shared() == before)
        let count = await scene.network.devnet.messages(of: scene.anna.id, namespace: .contacts).first?.count
        try await scene.anna.messenger.setNickname("still works", of: scene.ben.id)
        try await scene.anna.isPushed()
        #expect(await scene.network.devnet.messages(of: scene.anna.id, namespace: .contacts).first?.count == count)
        let tablet = try await scene.network.device("tablet", of: scene.anna)
        try await tablet.isRestored()
        #expect(try await tablet.store.contact(scene.ben.id)?.nickname == "still works")
    }

    @Test func `a push from nothing against an account with a history changes nothing`() async throws {
        let scene = try await Scene()
        for number in 0..<6 {
            try await scene.anna.messenger.setDisplayName("Anna \(number)")
            try await scene.anna.isPushed()
        }
        var premature = UserProfileConfig(keys: ConfigKeys(account: scene.keys))
        try premature.setName("Nobody", now: Date())
        try premature.setNoteToSelfPriority(-1)
        let blob = try #require(try premature.config.push(now: Date()).blobs.first)
        await scene.network.devnet.inject(blob, for: scene.anna.id, namespace: .userProfile)
        try await scene.anna.catchUp()
        #expect(try await scene.anna.messenger.account()?.displayName == "Anna 5")
        let tablet = try await scene.network.device("tablet", of: scene.anna)
        try await tablet.isRestored()
        #expect(try await tablet.messenger.account()?.displayName == "Anna 5")
    }

    @Test func `old states that are played back change nothing`() async throws {
        let scene = try await Scene()
        let old = await scene.network.devnet.messages(of: scene.anna.id, namespace: .contacts).first ?? []
        try await scene.anna.messenger.setNickname("new", of: scene.ben.id)
        try await scene.anna.isPushed()
        let before = try await scene.anna.shared()
        for message in old { await scene.network.devnet.inject(message.data, for: scene.anna.id, namespace: .contacts) }
        try await scene.anna.catchUp()
        #expect(try await scene.anna.shared() == before)
        #expect(try await scene.anna.store.contact(scene.ben.id)?.nickname == "new")
    }

    @Test func `a state that one node has reaches all, whichever node is asked`() async throws {
        let scene = try await Scene()
        var contacts = ContactsConfig(await scene.config(.contacts))
        try contacts.set(scene.ben.id) { $0.nickname = "from the phone" }
        let blob = try #require(try contacts.config.push(now: Date()).blobs.first)
        let node = try #require(await scene.network.devnet.swarm(of: scene.anna.id).last)
        await scene.network.devnet.inject(blob, for: scene.anna.id, namespace: .contacts, onlyNode: node)
        try await eventually("the nickname arrives") {
            await scene.anna.messenger.pollNow()
            return try await scene.anna.store.contact(scene.ben.id)?.nickname == "from the phone"
        }
    }

    @Test func `a config that has outgrown a swarm is named, and holds up no other`() async throws {
        let device = try await Twin(.generate(), Twin.Clock())
        try await device.book.edit { editor in
            try editor.edit(.profileName("Anna"))
            var entry = try editor.entry(.userGroups)
            try entry.config.edit { data throws(ConfigError) in
                data[Array("zz-later".utf8)] = .scalar(.bytes(SystemRandom().bytes(5_100_000)))
            }
            entry.isChanged = true
            editor.put(entry)
        }
        let (pushes, tooLong) = try await device.book.outgoing()
        #expect(pushes.map(\.kind) == [.userProfile] && tooLong == [.userGroups])
    }

    @Test func `it is told once that a config has outgrown a swarm, and once that it fits again`() async throws {
        let network = try await TestNetwork()
        let (anna, _) = try await network.friends()
        try await anna.isPushed()
        let events = anna.messenger.events()
        let told = Task {
            var lines: [String] = []
            for await event in events {
                switch event {
                case .configTooLong(let kind): lines.append("too long: \(kind)")
                case .configFits(let kind): return lines + ["fits: \(kind)"]
                default: break
                }
            }
            return lines
        }
        let later = Array("zz-later".utf8)
        let active = try await anna.messenger.requireAccount()
        for (name, size) in [("One", 5_100_000), ("Two", 5_100_000), ("Three", 0)] {
            try await active.configs.edit { editor in
                var entry = try editor.entry(.userGroups)
                try entry.config.edit { data throws(ConfigError) in
                    data[later] = size == 0 ? nil : .scalar(.bytes(SystemRandom().bytes(size)))
                }
                entry.isChanged = true
                editor.put(entry)
            }
            try await anna.messenger.setDisplayName(name)
            try await active.sync.push()
        }
        #expect(await told.value == ["too long: UserGroups", "fits: UserGroups"])
    }

    private static func sealed(_ plaintext: [UInt8], _ keys: AccountKeys) throws -> [UInt8] {
        let seed = Array(keys.ed25519.secretKey.copyBytes().prefix(32))
        return try #require(
            ConfigEncryption.encrypt(ConfigPadding.pad(plaintext), base: seed, domain: ConfigKind.contacts.domain))
    }
}
