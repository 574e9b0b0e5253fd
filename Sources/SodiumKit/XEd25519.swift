public import BaseKit

/// Signatures with keys that were made for Diffie–Hellman. Keys and checks are Signal's; the signing nonce comes from BLAKE2b
/// instead of SHA-512, as the network's other clients have it.
/// - Source: Signal, "The XEdDSA and VXEdDSA Signature Schemes"; libsession-util 1.6.3, by its test vectors
public enum XEd25519 {
    private static let personal = Array("xed25519signatur".utf8)

    /// The Ed25519 key with sign bit 0 that belongs to an X25519 key; `nil` for a wrong length or a value without one.
    public static func publicKey(x25519: [UInt8]) -> [UInt8]? {
        guard x25519.count == X25519.keySize else { return nil }
        let u = FieldElement(x25519)
        let denominator = u + .one
        guard !denominator.isZero else { return nil }
        return ((u - .one) * denominator.inverse).bytes
    }

    /// Signs `message`; draws 64 bytes. `nil` if the secret has not 32 bytes.
    public static func sign(_ message: [UInt8], secret: SecretBytes, random: any RandomSource) -> [UInt8]? {
        guard secret.count == X25519.keySize else { return nil }
        var scalar = secret.copyBytes()
        defer { Sodium.wipe(&scalar) }
        scalar[0] &= 248
        scalar[31] = scalar[31] & 127 | 64
        guard var point = EdwardsGroup.multiplyBase(scalar) else { return nil }
        if point[31] & 0x80 != 0 { scalar = EdwardsGroup.negate(scalar) }
        point[31] &= 0x7f

        guard
            let hash = Blake2b.hash(scalar + message + random.bytes(64), size: 64, personal: personal),
            var nonce = EdwardsGroup.scalar(reducing: hash),
            let commitment = EdwardsGroup.multiplyBase(nonce),
            let challenge = EdwardsGroup.scalar(reducing: SHA512.hash(commitment + point + message))
        else { return nil }
        defer { Sodium.wipe(&nonce) }
        return commitment + EdwardsGroup.add(nonce, EdwardsGroup.multiply(challenge, scalar))
    }

    /// Whether `signature` was made with the secret of this X25519 key.
    public static func verify(_ signature: [UInt8], _ message: [UInt8], x25519: [UInt8]) -> Bool {
        guard let key = publicKey(x25519: x25519) else { return false }
        return Ed25519.verify(signature, message, publicKey: key)
    }
}
