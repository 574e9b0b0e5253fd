import CSodium

/// SHA-512, where Ed25519-like schemes need it by itself.
public enum SHA512 {
    public static func hash(_ message: [UInt8]) -> [UInt8] {
        Sodium.prepare()
        return output(64) { crypto_hash_sha512($0, message, UInt64(message.count)) } ?? []
    }
}
