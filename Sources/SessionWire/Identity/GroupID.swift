import BaseKit

/// The name of a group: `0x03` and its Ed25519 public key, written as 66 hexadecimal characters.
/// - Source: identity-and-messages.md §1.2
public struct GroupID: Hashable, Sendable, CustomStringConvertible {
    public static let prefix: UInt8 = 0x03

    /// The Ed25519 key, 32 bytes.
    public let publicKey: [UInt8]

    /// Reads the text form in either case; `nil` for anything that is not exactly that.
    public init?(_ text: String) {
        guard let key = PrefixedKey.read(text, prefix: Self.prefix) else { return nil }
        publicKey = key
    }

    /// - Parameter publicKey: 32 bytes without the prefix; `nil` for any other count.
    public init?(publicKey: [UInt8]) {
        guard publicKey.count == PrefixedKey.keySize else { return nil }
        self.publicKey = publicKey
    }

    /// Prefix ‖ key, 33 bytes.
    public var bytes: [UInt8] { [Self.prefix] + publicKey }
    public var description: String { bytes.hex }
    /// First and last four characters, for logs.
    public var redacted: String { PrefixedKey.redact(description) }
}
