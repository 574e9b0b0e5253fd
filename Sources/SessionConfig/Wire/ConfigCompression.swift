import ZstdKit

/// Makes a message smaller where that is possible; the first byte tells which form it is.
/// - Source: configs.md §7.1
enum ConfigCompression {
    private static let level: Int32 = 1
    private static let mark = UInt8(ascii: "z")
    /// A thousand times what a swarm keeps; whoever sends more means harm.
    static let limit = 10_000_000

    static func compress(_ message: [UInt8]) -> [UInt8] {
        guard let frame = Zstd.compress(message, level: level), frame.count + 1 < message.count else { return message }
        return [mark] + frame
    }

    static func decompress(_ message: [UInt8]) throws(ConfigError) -> [UInt8] {
        guard message.first == mark else { return message }
        do { return try Zstd.decompress(message.dropFirst(), limit: limit) } catch .tooLong {
            throw .tooLong(limit)
        } catch {
            throw .malformed
        }
    }
}
