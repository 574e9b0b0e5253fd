import SodiumKit

/// What keeps a config secret. Equal plaintexts give equal bytes, so that a swarm keeps one copy of the same state.
/// - Source: configs.md §7.3
enum ConfigEncryption {
    /// Tag and nonce.
    static let overhead = XChaCha20Poly1305.tagSize + XChaCha20Poly1305.nonceSize
    private static let domains = 1...24
    private static let noncePrefix = Array("libsessionutil-config-encrypted-".utf8)

    /// The key for a plaintext of `count` bytes.
    /// - Parameters:
    ///   - base: 32 bytes: the account's seed or a group's key.
    ///   - domain: the kind of config.
    static func key(base: [UInt8], count: Int, domain: String) -> [UInt8]? {
        guard base.count == 32, domains.contains(domain.utf8.count) else { return nil }
        let length = (0..<8).map { UInt8(truncatingIfNeeded: UInt64(count) >> (56 - 8 * $0)) }
        return Blake2b.hash(parts: [base, length, Array(domain.utf8)])
    }

    static func nonce(for plaintext: [UInt8], domain: String) -> [UInt8]? {
        guard domains.contains(domain.utf8.count) else { return nil }
        return Blake2b.hash(plaintext, key: noncePrefix + Array(domain.utf8), size: XChaCha20Poly1305.nonceSize)
    }

    static func encrypt(_ plaintext: [UInt8], base: [UInt8], domain: String) -> [UInt8]? {
        guard let key = key(base: base, count: plaintext.count, domain: domain),
            let nonce = nonce(for: plaintext, domain: domain),
            let sealed = XChaCha20Poly1305.seal(plaintext, key: key, nonce: nonce)
        else { return nil }
        return sealed + nonce
    }

    static func decrypt(_ blob: [UInt8], base: [UInt8], domain: String) -> [UInt8]? {
        guard blob.count >= overhead, let key = key(base: base, count: blob.count - overhead, domain: domain) else {
            return nil
        }
        let nonce = Array(blob.suffix(XChaCha20Poly1305.nonceSize))
        return XChaCha20Poly1305.open(blob[..<(blob.count - nonce.count)], key: key, nonce: nonce)
    }
}
