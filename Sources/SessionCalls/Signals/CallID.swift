public import BaseKit

/// Names one call: a UUID in its canonical form of 36 characters.
///
/// Two names are the same whatever the case of their letters, but a peer gets back exactly what it wrote: some
/// compare the text.
/// - Source: calls.md §0, §12.8; RFC 9562 §4
public struct CallID: Sendable, CustomStringConvertible {
    /// As its caller wrote it.
    public let text: String
    private let canonical: String

    /// `nil` for anything that is not 8-4-4-4-12 hexadecimal digits.
    public init?(_ text: String) {
        guard text.utf8.count == 36 else { return nil }
        for (index, byte) in text.utf8.enumerated() {
            let isHyphenPlace = [8, 13, 18, 23].contains(index)
            guard isHyphenPlace ? byte == UInt8(ascii: "-") : Self.isHexDigit(byte) else { return nil }
        }
        self.text = text
        canonical = text.lowercased()
    }

    /// A new name: version 4, in lower case.
    public init(random: some RandomSource) {
        var bytes = random.bytes(16)
        bytes[6] = bytes[6] & 0x0f | 0x40
        bytes[8] = bytes[8] & 0x3f | 0x80
        let hex = bytes.hex
        var parts: [Substring] = []
        var rest = hex[...]
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        text = parts.joined(separator: "-")
        canonical = text
    }

    public var description: String { text }
    /// Enough to follow one call through a log.
    public var redacted: String { "\(canonical.prefix(4))…" }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}

extension CallID: Hashable, Comparable {
    public static func == (left: CallID, right: CallID) -> Bool { left.canonical == right.canonical }
    public static func < (left: CallID, right: CallID) -> Bool { left.canonical < right.canonical }
    public func hash(into hasher: inout Hasher) { hasher.combine(canonical) }
}
