import Foundation
import SessionConfig
import SessionWire
import SodiumKit

/// A config of many contacts: changing, pushing, keeping, reading and merging it, against hashing, compressing and
/// encrypting the same bytes bare.
enum ConfigBenchmarks {
    static let contacts = 500

    static var all: [Benchmark] {
        [
            Benchmark(name: "config of 500 contacts, push") { [try push()] },
            Benchmark(name: "config of 500 contacts, merge") { [try merge()] },
            Benchmark(name: "config of 500 contacts, dump and load") { [try dump()] },
        ]
    }

    private static let now = Date(timeIntervalSince1970: 1_795_000_000)
    private static let stopwatch = Stopwatch(turns: 20, repetitions: 3)

    /// An account's contacts as they are after years, settled.
    private static func config(_ keys: ConfigKeys) throws -> ContactsConfig {
        var config = ContactsConfig(keys: keys)
        let ids = (0..<contacts).compactMap { _ in AccountID(publicKey: SystemRandom().bytes(32)) }
        var number = 0
        try config.set(ids) { entry, _ in
            (entry.name, entry.nickname) = ("Person \(number)", number % 3 == 0 ? "Nick \(number)" : "")
            (entry.isApproved, entry.didApproveUs) = (true, true)
            (entry.created, entry.profileUpdated) = (1_700_000_000, 1_700_000_000 + Int64(number))
            number += 1
        }
        let push = try config.config.push(now: now)
        config.config.confirmPushed(push.sequence, hashes: push.blobs.indices.map(String.init))
        return config
    }

    private static func changed(_ config: ContactsConfig, _ nickname: String) throws -> ContactsConfig {
        var config = config
        guard let first = config.contacts.first else { throw BenchmarkError.wrongResult }
        try config.set(first.id) { $0.nickname = nickname }
        return config
    }

    private static func push() throws -> Row {
        let account = AccountKeys.generate()
        let edited = try changed(try config(ConfigKeys(account: account)), "edited")
        let bare = try BareConfig(message: try message(edited.config), account: account)
        let result = try stopwatch.compare {
            var copy = edited.config
            guard try !copy.push(now: now).blobs.isEmpty else { throw BenchmarkError.wrongResult }
        } yardstick: {
            try bare.push()
        }
        return .speed("config of 500 contacts, push", ours: result.ours, yardstick: result.yardstick, atLeast: 0.8)
    }

    private static func merge() throws -> Row {
        let account = AccountKeys.generate()
        let settled = try config(ConfigKeys(account: account))
        var other = try changed(settled, "from elsewhere").config
        let bare = try BareConfig(message: try message(other), account: account)
        let stored = try other.push(now: now).blobs.enumerated().map {
            StoredConfig(hash: "other \($0.offset)", data: $0.element)
        }
        let result = try stopwatch.compare {
            var copy = settled.config
            guard copy.merge(stored, now: now).count == stored.count, copy.sequence == other.sequence else {
                throw BenchmarkError.wrongResult
            }
        } yardstick: {
            try bare.read()
        }
        return .speed("config of 500 contacts, merge", ours: result.ours, yardstick: result.yardstick, atLeast: 0.8)
    }

    private static func dump() throws -> Row {
        let keys = ConfigKeys(account: .generate())
        let edited = try changed(try config(keys), "edited").config
        var copy = edited
        let bytes = copy.dump()
        let result = try stopwatch.compare {
            var copy = edited
            let loaded = try SharedConfig(.contacts, keys: keys, dump: copy.dump())
            guard loaded.isDirty else { throw BenchmarkError.wrongResult }
        } yardstick: {
            // A dump is neither compressed nor encrypted: the hash is all that C has to do.
            try BareConfig.hash(bytes)
        }
        return .speed(
            "config of 500 contacts, dump and load", ours: result.ours, yardstick: result.yardstick, atLeast: 0.8)
    }

    /// The config's message and some bytes more: a settled config is kept with hardly anything else.
    private static func message(_ config: SharedConfig) throws -> [UInt8] {
        var config = config
        let push = try config.push(now: now)
        config.confirmPushed(push.sequence, hashes: [])
        return config.dump()
    }
}
