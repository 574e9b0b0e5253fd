import CSodium

/// XSalsa20-Poly1305, tag first.
/// - Source: libsodium's `crypto_secretbox`
public enum SecretBox {
    public static let keySize = 32
    public static let nonceSize = 24
    public static let tagSize = 16

    /// The plaintext; `nil` if anything does not fit.
    public static func open(_ box: [UInt8], key: [UInt8], nonce: [UInt8]) -> [UInt8]? {
        Sodium.prepare()
        guard key.count == keySize, nonce.count == nonceSize, box.count >= tagSize else { return nil }
        return output(box.count - tagSize) { crypto_secretbox_open_easy($0, box, UInt64(box.count), nonce, key) }
    }
}
