import CSodium

/// Turns a password into a key, slowly and with much memory.
/// - Source: RFC 9106; libsodium's `crypto_pwhash`
public enum Argon2id {
    public static let saltSize = 16

    /// - Parameters:
    ///   - size: bytes of the key.
    ///   - operations: passes over the memory.
    ///   - memory: bytes used while it runs.
    /// - Returns: `nil` if a parameter is not allowed or the memory cannot be had.
    public static func key(
        password: [UInt8], salt: [UInt8], size: Int, operations: UInt64, memory: Int
    ) -> [UInt8]? {
        Sodium.prepare()
        guard salt.count == saltSize else { return nil }
        let characters = password.map { CChar(bitPattern: $0) }
        return output(size) { key in
            crypto_pwhash(
                key, UInt64(size), characters, UInt64(characters.count), salt, operations, memory,
                crypto_pwhash_ALG_ARGON2ID13)
        }
    }
}
