import CSodium

/// Signatures, and the way from a signing key to a key for Diffie–Hellman.
/// - Source: RFC 8032; libsodium's `crypto_sign`
public enum Ed25519 {
    public static let seedSize = 32
    public static let publicKeySize = 32
    public static let secretKeySize = 64
    public static let signatureSize = 64

    /// A signing key with its public half.
    public struct KeyPair: Sendable {
        public let publicKey: [UInt8]
        /// 64 bytes: seed ‖ public key.
        public let secretKey: SecretBytes

        /// - Parameter seed: 32 bytes; `nil` for any other count.
        public init?(seed: SecretBytes) {
            guard seed.count == Ed25519.seedSize else { return nil }
            var publicKey = [UInt8](repeating: 0, count: Ed25519.publicKeySize)
            let secret = SecretBytes.written(Ed25519.secretKeySize) { secret in
                seed.withPointer { crypto_sign_seed_keypair(&publicKey, secret, $0) }
            }
            guard let secret else { return nil }
            secretKey = secret
            self.publicKey = publicKey
        }

        /// A new key pair from the system's randomness.
        public static func generate() -> KeyPair {
            guard let pair = KeyPair(seed: .random(Ed25519.seedSize)) else {
                preconditionFailure("the seed has its size")
            }
            return pair
        }

        /// The detached signature of `message`, 64 bytes; the same each time.
        public func sign(_ message: [UInt8]) -> [UInt8] {
            output(Ed25519.signatureSize) { signature in
                secretKey.withPointer { crypto_sign_detached(signature, nil, message, UInt64(message.count), $0) }
            } ?? []
        }

        /// Writes the 64 bytes of the signature of `message` to `signature`, which must not overlap it. Nothing is
        /// copied.
        public func sign(_ message: UnsafeRawBufferPointer, into signature: UnsafeMutableRawPointer) -> Bool {
            guard let start = message.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return false }
            let signature = signature.assumingMemoryBound(to: UInt8.self)
            return secretKey.withPointer { crypto_sign_detached(signature, nil, start, UInt64(message.count), $0) } == 0
        }
    }

    /// Whether `signature` (64 bytes) is the owner of `publicKey`'s (32 bytes) on `message`. Nothing is copied.
    public static func verify(
        _ signature: UnsafeRawPointer, _ message: UnsafeRawBufferPointer, publicKey: UnsafeRawPointer
    ) -> Bool {
        Sodium.prepare()
        guard let start = message.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return false }
        return crypto_sign_verify_detached(
            signature.assumingMemoryBound(to: UInt8.self), start, UInt64(message.count),
            publicKey.assumingMemoryBound(to: UInt8.self)) == 0
    }

    /// Whether `signature` is the owner of `publicKey`'s on `message`. Wrong lengths are just `false`.
    public static func verify(_ signature: [UInt8], _ message: [UInt8], publicKey: [UInt8]) -> Bool {
        Sodium.prepare()
        guard signature.count == signatureSize, publicKey.count == publicKeySize else { return false }
        return crypto_sign_verify_detached(signature, message, UInt64(message.count), publicKey) == 0
    }

    /// The X25519 key that belongs to a public signing key; `nil` if it is no point of the main subgroup.
    public static func x25519(publicKey: [UInt8]) -> [UInt8]? {
        Sodium.prepare()
        guard publicKey.count == publicKeySize else { return nil }
        return output(X25519.keySize) { crypto_sign_ed25519_pk_to_curve25519($0, publicKey) }
    }

    /// The X25519 secret that belongs to a 64-byte secret signing key.
    public static func x25519(secretKey: SecretBytes) -> SecretBytes? {
        guard secretKey.count == secretKeySize else { return nil }
        return SecretBytes.written(X25519.keySize) { secret in
            secretKey.withPointer { crypto_sign_ed25519_sk_to_curve25519(secret, $0) }
        }
    }
}
