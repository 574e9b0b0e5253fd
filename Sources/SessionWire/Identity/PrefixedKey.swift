import BaseKit

/// What all ids of the network share: one byte that names the kind, and 32 bytes of key.
enum PrefixedKey {
    static let keySize = 32
    static let textLength = 66

    /// The 32 bytes behind `prefix`, or `nil` if `text` is not exactly 66 hexadecimal characters of that kind.
    static func read(_ text: String, prefix: UInt8) -> [UInt8]? {
        guard text.utf8.count == textLength, let bytes = [UInt8](hex: text), bytes.first == prefix else { return nil }
        return Array(bytes.dropFirst())
    }

    static func redact(_ text: String) -> String { "\(text.prefix(4))…\(text.suffix(4))" }
}
