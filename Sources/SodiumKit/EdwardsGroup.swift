import CSodium

/// Arithmetic with points and scalars of Ed25519, for the schemes that go beyond plain signatures.
/// - Source: libsodium's `crypto_core_ed25519`
public enum EdwardsGroup {
    public static let size = 32

    /// A 64-byte hash as a scalar; `nil` for another length.
    public static func scalar(reducing hash: [UInt8]) -> [UInt8]? {
        Sodium.prepare()
        guard hash.count == 64 else { return nil }
        return output(size) {
            crypto_core_ed25519_scalar_reduce($0, hash)
            return 0
        }
    }

    /// The secret scalar behind a signing key, clamped as RFC 8032 says.
    public static func scalar(of keys: Ed25519.KeyPair) -> SecretBytes? { Ed25519.x25519(secretKey: keys.secretKey) }

    public static func negate(_ scalar: [UInt8]) -> [UInt8] {
        guard scalar.count == size else { return [] }
        return output(size) {
            crypto_core_ed25519_scalar_negate($0, scalar)
            return 0
        } ?? []
    }

    public static func add(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
        guard first.count == size, second.count == size else { return [] }
        return output(size) {
            crypto_core_ed25519_scalar_add($0, first, second)
            return 0
        } ?? []
    }

    /// The product of two scalars.
    public static func multiply(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
        guard first.count == size, second.count == size else { return [] }
        return output(size) {
            crypto_core_ed25519_scalar_mul($0, first, second)
            return 0
        } ?? []
    }

    /// `scalar` times `point`; `nil` if the point is none of the main subgroup.
    public static func multiply(_ scalar: [UInt8], point: [UInt8]) -> [UInt8]? {
        Sodium.prepare()
        guard scalar.count == size, point.count == size else { return nil }
        return output(size) { crypto_scalarmult_ed25519_noclamp($0, scalar, point) }
    }

    /// `scalar` times the base point; `nil` for zero.
    public static func multiplyBase(_ scalar: [UInt8]) -> [UInt8]? {
        Sodium.prepare()
        guard scalar.count == size else { return nil }
        return output(size) { crypto_scalarmult_ed25519_base_noclamp($0, scalar) }
    }
}
