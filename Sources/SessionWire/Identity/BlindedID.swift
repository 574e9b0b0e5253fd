import BaseKit

/// An account's face towards one community server: `0x15` (old scheme) or `0x25` and a blinded Ed25519 key.
/// - Source: identity-and-messages.md §1.2
public struct BlindedID: Hashable, Sendable, CustomStringConvertible {
    /// How the key was blinded; the raw value is the id's first byte.
    public enum Scheme: UInt8, Sendable { case legacy = 0x15, current = 0x25 }

    public let scheme: Scheme
    /// The blinded key, 32 bytes.
    public let publicKey: [UInt8]

    /// Reads the text form in either case; `nil` for anything that is not exactly that.
    public init?(_ text: String) {
        for scheme in [Scheme.legacy, .current] {
            guard let key = PrefixedKey.read(text, prefix: scheme.rawValue) else { continue }
            (self.scheme, publicKey) = (scheme, key)
            return
        }
        return nil
    }

    /// - Parameter publicKey: 32 bytes without the prefix; `nil` for any other count.
    public init?(scheme: Scheme, publicKey: [UInt8]) {
        guard publicKey.count == PrefixedKey.keySize else { return nil }
        (self.scheme, self.publicKey) = (scheme, publicKey)
    }

    /// Prefix ‖ key, 33 bytes.
    public var bytes: [UInt8] { [scheme.rawValue] + publicKey }
    public var description: String { bytes.hex }
    /// First and last four characters, for logs.
    public var redacted: String { PrefixedKey.redact(description) }
}
