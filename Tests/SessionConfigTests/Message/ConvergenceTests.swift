import Foundation
import SessionWire
import ShallotTestSupport
import SodiumKit
import Testing

@testable import SessionConfig

/// Three devices that edit at random while messages are late, repeated, and lost by the swarm: all come to the same.
@Suite struct ConvergenceTests {
    private static let runs = 1_000

    @Test func `whatever happens on the way, all devices end with the same bytes`() throws {
        let keys = ConfigKeys(account: try AccountKeys(seed: SecretBytes([UInt8](repeating: 7, count: 16))))
        for run in 0..<Self.runs {
            var world = World(keys: keys, seed: UInt64(run))
            try world.live()
            try world.settle()
            let messages = world.devices.map { $0.message.bytes }
            #expect(Set(messages).count == 1, "run \(run)")
            #expect(world.devices.allSatisfy { !$0.needsPush }, "run \(run)")
        }
    }

    @Test func `to keep and to take up again at any point changes nothing`() throws {
        let keys = ConfigKeys(account: try AccountKeys(seed: SecretBytes([UInt8](repeating: 7, count: 16))))
        for run in 0..<100 {
            var (plain, restarted) = (World(keys: keys, seed: UInt64(run)), World(keys: keys, seed: UInt64(run)))
            restarted.restarts = true
            try plain.live()
            try restarted.live()
            #expect(plain.devices.map { $0.message.bytes } == restarted.devices.map { $0.message.bytes })
            #expect(plain.devices.map(\.obsolete) == restarted.devices.map(\.obsolete))
            #expect(plain.devices.map(\.needsPush) == restarted.devices.map(\.needsPush))
        }
    }
}

/// Devices of one account and the swarm between them.
private struct World {
    var devices: [SharedConfig]
    var stored: [StoredConfig] = []
    var random: SeededRandom
    /// Every device is kept on disk and taken up again after each step.
    var restarts = false
    private let now = Date(timeIntervalSince1970: 1_775_000_000)
    private let keys: ConfigKeys

    init(keys: ConfigKeys, seed: UInt64) {
        self.keys = keys
        devices = (0..<3).map { _ in SharedConfig(.contacts, keys: keys) }
        random = SeededRandom(seed: seed)
    }

    mutating func live() throws {
        for _ in 0..<Int.random(in: 5...25, using: &random) {
            let index = Int.random(in: devices.indices, using: &random)
            switch Int.random(in: 0..<13, using: &random) {
            case 0...5: try edit(index)
            case 6, 7: try push(index, isConfirmed: Bool.random(using: &random))
            case 8: if let lost = stored.indices.randomElement(using: &random) { stored.remove(at: lost) }
            default: poll(index, all: false)
            }
            if restarts { devices[index] = try SharedConfig(.contacts, keys: keys, dump: devices[index].dump()) }
        }
    }

    /// Everybody hears everything, and says what is left to say, until nobody has anything to say.
    mutating func settle() throws {
        for _ in 0..<8 {
            for index in devices.indices { try restore(index) }
            for index in devices.indices { poll(index, all: true) }
            for index in devices.indices where devices[index].needsPush { try push(index, isConfirmed: true) }
        }
    }

    private mutating func edit(_ index: Int) throws {
        var number = UInt8.random(in: 0..<6, using: &random)
        if number == 0 { number = 1 }
        guard let id = AccountID(publicKey: [UInt8](repeating: number, count: 32)) else { return }
        var view = ContactsConfig(devices[index])
        let flag = Bool.random(using: &random)
        let word = String(Int.random(in: 0..<4, using: &random))
        switch Int.random(in: 0..<5, using: &random) {
        case 0: try view.erase(id)
        case 1: try view.set(id) { $0.isBlocked = flag }
        case 2: try view.set(id) { $0.nickname = word }
        case 3: try view.set(id) { $0.profileBits ^= 2 }
        default: try view.set(id) { $0.name = word }
        }
        devices[index] = view.config
    }

    private mutating func push(_ index: Int, isConfirmed: Bool) throws {
        let written = devices[index].message.bytes
        #expect(try ConfigState(written[...]).encoded(signer: nil) == written)
        let push = try devices[index].push(now: now)
        let hashes = push.blobs.map { "\($0.hashValue)-\($0.count)" }
        for (hash, blob) in zip(hashes, push.blobs) where !stored.contains(where: { $0.hash == hash }) {
            stored.append(StoredConfig(hash: hash, data: blob))
        }
        if isConfirmed {
            devices[index].confirmPushed(push.sequence, hashes: hashes)
            stored.removeAll { push.obsolete.contains($0.hash) }
        }
    }

    /// Stores again what the swarm has lost, as it was.
    /// - Source: configs.md §9.4
    private mutating func restore(_ index: Int) throws {
        let current = devices[index].storedHashes
        guard !devices[index].needsPush, !current.allSatisfy({ hash in stored.contains { $0.hash == hash } }) else {
            return
        }
        let push = try devices[index].push(now: now)
        let hashes = push.blobs.map { "\($0.hashValue)-\($0.count)" }
        stored += zip(hashes, push.blobs).map { StoredConfig(hash: $0, data: $1) }
        devices[index].confirmRestored(push.sequence, hashes: hashes)
    }

    private mutating func poll(_ index: Int, all: Bool) {
        var heard = stored.shuffled(using: &random)
        if !all { heard = Array(heard.prefix(Int.random(in: 0...3, using: &random))) }
        if Bool.random(using: &random), let again = heard.first { heard.append(again) }
        _ = devices[index].merge(heard, now: now)
    }
}
