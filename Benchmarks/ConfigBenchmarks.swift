import CSodium
import Foundation
import SessionConfig
import SessionWire
import SodiumKit
import ZstdKit

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
        for number in 0..<contacts {
            guard let id = AccountID(publicKey: SystemRandom().bytes(32)) else { throw BenchmarkError.wrongResult }
            try config.set(id) { entry in
                (entry.name, entry.nickname) = ("Person \(number)", number % 3 == 0 ? "Nick \(number)" : "")
                (entry.isApproved, entry.didApproveUs) = (true, true)
                (entry.created, entry.profileUpdated) = (1_700_000_000, 1_700_000_000 + Int64(number))
            }
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
        let keys = ConfigKeys(account: .generate())
        let edited = try changed(try config(keys), "edited")
        let bytes = try plain(edited, keys)
        let result = try stopwatch.compare {
            var copy = edited.config
            guard try !copy.push(now: now).blobs.isEmpty else { throw BenchmarkError.wrongResult }
        } yardstick: {
            try bare(bytes, isPushed: true)
        }
        return .speed("config of 500 contacts, push", ours: result.ours, yardstick: result.yardstick, atLeast: 0.8)
    }

    private static func merge() throws -> Row {
        let keys = ConfigKeys(account: .generate())
        let settled = try config(keys)
        var other = try changed(settled, "from elsewhere").config
        let stored = try other.push(now: now).blobs.enumerated().map {
            StoredConfig(hash: "other \($0.offset)", data: $0.element)
        }
        let bytes = try plain(ContactsConfig(other), keys)
        let result = try stopwatch.compare {
            var copy = settled.config
            guard copy.merge(stored, now: now).count == stored.count else { throw BenchmarkError.wrongResult }
        } yardstick: {
            try bare(bytes, isPushed: false)
        }
        return .speed("config of 500 contacts, merge", ours: result.ours, yardstick: result.yardstick, atLeast: 0.8)
    }

    private static func dump() throws -> Row {
        let keys = ConfigKeys(account: .generate())
        let edited = try changed(try config(keys), "edited")
        let bytes = try plain(edited, keys)
        let result = try stopwatch.compare {
            var copy = edited.config
            let loaded = try SharedConfig(.contacts, keys: keys, dump: copy.dump())
            guard loaded.isDirty else { throw BenchmarkError.wrongResult }
        } yardstick: {
            // A dump is neither compressed nor encrypted: the hash is all that C has to do.
            try hash(bytes)
        }
        return .speed(
            "config of 500 contacts, dump and load", ours: result.ours, yardstick: result.yardstick, atLeast: 0.8)
    }

    /// About as many bytes as the config's message has; what they are does not matter to hash and cipher.
    private static func plain(_ config: ContactsConfig, _ keys: ConfigKeys) throws -> [UInt8] {
        var config = config.config
        return config.dump()
    }

    private static func hash(_ bytes: [UInt8]) throws {
        var digest = [UInt8](repeating: 0, count: 32)
        guard crypto_generichash(&digest, 32, bytes, UInt64(bytes.count), nil, 0) == 0 else {
            throw BenchmarkError.wrongResult
        }
    }

    /// What C has to do for a push, or for reading one: hash, compress or unpack, encrypt or decrypt.
    private static func bare(_ bytes: [UInt8], isPushed: Bool) throws {
        try hash(bytes)
        guard let compressed = Zstd.compress(bytes, level: 1) else { throw BenchmarkError.wrongResult }
        var sealed = [UInt8](repeating: 0, count: compressed.count + 16)
        let key = [UInt8](repeating: 1, count: 32)
        let nonce = [UInt8](repeating: 2, count: 24)
        crypto_aead_xchacha20poly1305_ietf_encrypt(
            &sealed, nil, compressed, UInt64(compressed.count), nil, 0, nil, nonce, key)
        if !isPushed { _ = try Zstd.decompress(compressed, limit: 10_000_000) }
    }
}
