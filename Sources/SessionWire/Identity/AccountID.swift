import BaseKit
import SodiumKit

/// The public name of a person: `0x05` and a 32-byte X25519 public key, written as 66 hexadecimal characters.
/// - Source: identity-and-messages.md §1.2, §1.3
public struct AccountID: Hashable, Sendable {
    public static let prefix: UInt8 = 0x05
    /// Characters of the text form.
    public static let textLength = 66

    /// The X25519 key, 32 bytes.
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

    /// The account that signs with this Ed25519 key; `nil` if it is no valid key.
    public init?(ed25519PublicKey: [UInt8]) {
        guard let key = Ed25519.x25519(publicKey: ed25519PublicKey) else { return nil }
        publicKey = key
    }

    /// The 33 bytes that the network calls the public key: prefix ‖ key.
    public var bytes: [UInt8] { [Self.prefix] + publicKey }

    /// Enough to tell two people apart in a log, too little to name one: `05ab…9f3c`.
    public var redacted: String { PrefixedKey.redact(description) }
}

extension AccountID: CustomStringConvertible {
    /// The text form, in lower case.
    public var description: String { bytes.hex }
}

extension AccountID: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = AccountID(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an Account ID")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
