import SessionWire
import SodiumKit

/// A config that is too long for one stored message, cut into parts.
/// - Source: configs.md §7.4
enum ConfigMultipart {
    /// Most bytes that a swarm takes in one message.
    static let maximumBlob = 76_800
    /// Most bytes of a padded config.
    static let maximumConfig = 5_000_000
    /// What a part takes beside its chunk.
    private static let partOverhead = 50
    static let chunk = maximumBlob - partOverhead - ConfigEncryption.overhead
    private static let mark = UInt8(ascii: "m")

    /// One part, as it stands before encryption.
    struct Part: Hashable, Sendable {
        let finalHash: [UInt8]
        let index: Int
        let count: Int
        let chunk: [UInt8]
    }

    /// Cuts a padded config.
    /// - Throws: `.tooLong` beyond 5 MB.
    static func parts(of padded: [UInt8]) throws(ConfigError) -> [[UInt8]] {
        guard padded.count <= maximumConfig, let hash = Blake2b.hash(padded) else { throw .tooLong(padded.count) }
        let chunks = stride(from: 0, to: padded.count, by: chunk).map {
            Array(padded[$0..<min($0 + chunk, padded.count)])
        }
        return chunks.enumerated().map { index, chunk in
            let list = BTValue.list([
                .bytes(hash), .bytes([UInt8(truncatingIfNeeded: index)]),
                .bytes([UInt8(truncatingIfNeeded: chunks.count)]), .bytes(chunk),
            ])
            let part = [mark] + list.encoded()
            return part + [UInt8](repeating: 0, count: chunk.count + partOverhead - part.count)
        }
    }

    static func isPart(_ plaintext: [UInt8]) -> Bool { plaintext.first == mark }

    static func part(_ plaintext: [UInt8]) throws(ConfigError) -> Part {
        guard plaintext.count <= maximumBlob, isPart(plaintext) else { throw .malformed }
        var reader = ConfigReader(plaintext, at: 1)
        guard let fields = try reader.value().listValue, fields.count == 4, let hash = fields[0].bytesValue,
            hash.count == 32, let index = fields[1].bytesValue, index.count == 1, let count = fields[2].bytesValue,
            count.count == 1, let chunk = fields[3].bytesValue, !chunk.isEmpty, count[0] >= 2, index[0] < count[0]
        else { throw .malformed }
        return Part(finalHash: hash, index: Int(index[0]), count: Int(count[0]), chunk: chunk)
    }
}
