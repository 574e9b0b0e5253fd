/// Hides the length of a direct message: one `0x80`, then zeros up to a multiple of 160 bytes. As the reference does, at
/// least one zero always follows the marker.
/// - Source: identity-and-messages.md §3.2
public enum MessagePadding {
    public static let block = 160
    private static let marker: UInt8 = 0x80

    /// How long a message of `count` bytes becomes.
    public static func paddedCount(_ count: Int) -> Int { ((count + 1) / block + 1) * block }

    public static func pad(_ message: [UInt8]) -> [UInt8] {
        var padded: [UInt8] = []
        let total = paddedCount(message.count)
        padded.reserveCapacity(total)
        padded += message
        padded.append(marker)
        padded.append(contentsOf: repeatElement(0, count: total - padded.count))
        return padded
    }

    /// Tolerant as the reference: without a marker only the trailing zeros go.
    public static func unpad(_ padded: [UInt8]) -> [UInt8] { Array(padded.prefix(unpaddedCount(padded))) }

    /// How many bytes of `padded` are message.
    static func unpaddedCount(_ padded: [UInt8]) -> Int {
        guard let last = padded.lastIndex(where: { $0 != 0 }) else { return 0 }
        return padded[last] == marker ? last : last + 1
    }
}
