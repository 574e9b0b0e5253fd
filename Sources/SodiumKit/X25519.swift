public import BaseKit
import CSodium

/// Diffie–Hellman on Curve25519.
/// - Source: RFC 7748; libsodium's `crypto_scalarmult`
public enum X25519 {
    public static let keySize = 32

    /// A secret with its public key.
    public struct KeyPair: Sendable {
        public let publicKey: [UInt8]
        public let secret: SecretBytes

        /// - Parameter secret: 32 bytes; check the count of bytes from outside before, or use ``init(secretBytes:)``.
        public init(secret: SecretBytes) {
            precondition(secret.count == X25519.keySize, "an X25519 secret has 32 bytes")
            self.secret = secret
            publicKey = secret.withPointer { secret in
                output(X25519.keySize) { crypto_scalarmult_base($0, secret) } ?? []
            }
        }

        /// Takes a secret from outside; `nil` if it has not 32 bytes.
        public init?(secretBytes: [UInt8]) {
            guard secretBytes.count == X25519.keySize else { return nil }
            self.init(secret: SecretBytes(secretBytes))
        }

        /// A new key pair; draws 32 bytes.
        public static func generate(_ random: any RandomSource = SystemRandom()) -> KeyPair {
            KeyPair(secret: SecretBytes(random.bytes(X25519.keySize)))
        }
    }

    /// The shared point; `nil` for a wrong length, or when `publicKey` is of small order and the result would be zero.
    public static func sharedSecret(secret: SecretBytes, publicKey: [UInt8]) -> [UInt8]? {
        Sodium.prepare()
        guard secret.count == keySize, publicKey.count == keySize else { return nil }
        return secret.withPointer { secret in
            output(keySize) { crypto_scalarmult($0, secret, publicKey) }
        }
    }

    /// Whether a key can be talked to: 32 bytes, neither zero nor of small order.
    public static func isUsable(publicKey: [UInt8]) -> Bool {
        sharedSecret(secret: probe, publicKey: publicKey) != nil
    }

    private static let probe = SecretBytes([UInt8](repeating: 0x40, count: keySize))
}
