import Foundation
import SessionWire

/// A name that the network's clients accept: 1…100 bytes of UTF-8 without control characters.
/// - Source: identity-and-messages.md §4.5
public struct DisplayName: Hashable, Sendable, CustomStringConvertible {
    public static let maximumBytes = TextLimits.nameBytes

    public let text: String

    /// Trims white space at both ends and removes control characters.
    public init(_ input: String) throws(AccountError) {
        let cleaned = TextLimits.cleaned(input).split(whereSeparator: \.isNewline).joined(separator: " ")
            .trimmingCharacters(in: .whitespacesAndNewlines)
        guard !cleaned.isEmpty else { throw .nameMissing }
        let excess = cleaned.utf8.count - Self.maximumBytes
        guard excess <= 0 else { throw .nameTooLong(excessBytes: excess) }
        text = cleaned
    }

    public var description: String { text }
}
