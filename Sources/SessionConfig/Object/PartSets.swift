import Foundation
import SessionWire
import SodiumKit

/// Parts of configs that have arrived so far.
/// - Source: configs.md §7.4, §8
struct PartSets: Hashable, Sendable {
    /// How long an incomplete set is kept after its last part.
    static let patience: TimeInterval = 7 * 86_400
    /// How long a complete one is remembered, so that its parts are not gathered again.
    static let memory: TimeInterval = 14 * 86_400
    /// Incomplete sets that are kept: more than any account has on its way at once.
    static let limit = 16
    /// Complete ones that are remembered: more than anybody pushes while one of them may still come again.
    static let memoryLimit = 128

    struct Entry: Hashable, Sendable {
        /// 0 once it is complete.
        var count: Int
        var expires: Date
        var parts: [Int: Fragment] = [:]
    }

    struct Fragment: Hashable, Sendable {
        /// The stored message that brought it.
        let messageID: String
        let chunk: [UInt8]
    }

    /// A complete config and the stored messages that it came in.
    struct Complete: Hashable, Sendable {
        let padded: [UInt8]
        let messageIDs: [String]
    }

    private(set) var entries: [[UInt8]: Entry] = [:]

    /// The stored messages of sets that are still incomplete.
    var messageIDs: [String] { entries.values.flatMap { $0.parts.values.map(\.messageID) } }

    /// Takes up a part.
    /// - Returns: the whole config, if this was the last part.
    mutating func add(_ part: ConfigMultipart.Part, from messageID: String, now: Date) throws(ConfigError) -> Complete?
    {
        expire(now: now)
        var entry = entries[part.finalHash] ?? Entry(count: part.count, expires: now)
        // Complete already: there is nothing to wait for.
        guard entry.count > 0 else { return nil }
        guard entry.count == part.count else { throw .malformed }
        guard entry.parts[part.index] == nil else { return nil }
        entry.parts[part.index] = Fragment(messageID: messageID, chunk: part.chunk)
        entry.expires = now.addingTimeInterval(Self.patience)
        let held = entry.parts.values.reduce(0) { $0 + $1.chunk.count }
        guard held <= ConfigMultipart.maximumConfig else { throw .tooLong(held) }
        // What has waited longest was given up by its sender, or is older than what comes now.
        if entries[part.finalHash] == nil { makeRoom(below: Self.limit) { $0.count > 0 } }
        entries[part.finalHash] = entry
        guard entry.parts.count == entry.count else { return nil }
        let fragments = (0..<entry.count).compactMap { entry.parts[$0] }
        let padded = fragments.flatMap(\.chunk)
        guard Blake2b.hash(padded) == part.finalHash else {
            entries[part.finalHash] = nil
            throw .malformed
        }
        remember(part.finalHash, now: now)
        return Complete(padded: padded, messageIDs: fragments.map(\.messageID))
    }

    /// Nothing of this config has to be gathered: we made it, or have it.
    mutating func remember(_ finalHash: [UInt8], now: Date) {
        entries[finalHash] = nil
        makeRoom(below: Self.memoryLimit) { $0.count == 0 }
        entries[finalHash] = Entry(count: 0, expires: now.addingTimeInterval(Self.memory))
    }

    mutating func expire(now: Date) { entries = entries.filter { $0.value.expires >= now } }

    /// Drops the oldest of a sort until there are fewer than `limit`.
    private mutating func makeRoom(below limit: Int, for isMeant: (Entry) -> Bool) {
        let all = entries.filter { isMeant($0.value) }
        guard all.count >= limit else { return }
        for (hash, _) in all.sorted(by: { $0.value.expires < $1.value.expires }).prefix(all.count - limit + 1) {
            entries[hash] = nil
        }
    }
}

extension PartSets {
    var bencoded: BTValue {
        .dict(
            entries.mapValues { entry in
                .dict([
                    Array("#".utf8): .int(Int64(entry.count)),
                    Array("T".utf8): .int(Int64((entry.expires.timeIntervalSince1970 * 1_000).rounded())),
                    Array("p".utf8): .list(
                        entry.parts.sorted { $0.key < $1.key }.map { index, fragment in
                            .dict([
                                Array("#".utf8): .int(Int64(index)), Array("M".utf8): .text(fragment.messageID),
                                Array("d".utf8): .bytes(fragment.chunk),
                            ])
                        }),
                ])
            })
    }

    init(_ value: BTValue?) {
        for (hash, entry) in value?.dictValue ?? [:] {
            guard let count = entry["#"]?.int64Value, (0...255).contains(count), let expires = entry["T"]?.int64Value
            else { continue }
            var parts: [Int: Fragment] = [:]
            for part in entry["p"]?.listValue ?? [] {
                guard let index = part["#"]?.int64Value, (0..<count).contains(index), let id = part["M"]?.textValue,
                    let chunk = part["d"]?.bytesValue
                else { continue }
                parts[Int(index)] = Fragment(messageID: id, chunk: chunk)
            }
            entries[hash] = Entry(
                count: Int(count), expires: Date(timeIntervalSince1970: Double(expires) / 1_000), parts: parts)
        }
    }
}
