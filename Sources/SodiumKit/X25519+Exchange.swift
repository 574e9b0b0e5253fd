import CSodium

extension X25519 {
    /// A key pair that is used once, and the point it shares with somebody's public key: what a layer of encryption needs
    /// when its secret is forgotten at once. Guarded memory would cost more here than the arithmetic.
    /// - Parameters:
    ///   - publicKey: whom it is for, 32 bytes.
    ///   - secret: 32 fresh random bytes; wiped on return.
    /// - Returns: `nil` for a wrong length, or when `publicKey` is of small order.
    public static func exchange(
        with publicKey: [UInt8], secret: inout [UInt8]
    ) -> (ephemeralKey: [UInt8], sharedSecret: [UInt8])? {
        Sodium.prepare()
        defer { Sodium.wipe(&secret) }
        guard secret.count == keySize, publicKey.count == keySize else { return nil }
        return secret.withUnsafeBufferPointer { secret in
            guard let scalar = secret.baseAddress,
                let ephemeralKey = output(keySize, { crypto_scalarmult_base($0, scalar) }),
                let sharedSecret = output(keySize, { crypto_scalarmult($0, scalar, publicKey) })
            else { return nil }
            return (ephemeralKey, sharedSecret)
        }
    }
}
