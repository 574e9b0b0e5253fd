import BaseKit
import SodiumKit

/// What the network keeps for a registered name: an account's id, encrypted so that only who knows the name can read it.
/// - Source: identity-and-messages.md §1.3
public enum NameRecord {
    /// Bytes of an encrypted value that holds an account's id.
    public static let valueSize = 33 + XChaCha20Poly1305.tagSize
    private static let accountSize = 33

    /// What to ask the network for. Names are compared in lower case.
    public static func hash(of name: String) -> [UInt8] { Blake2b.hash(Array(name.lowercased().utf8)) ?? [] }

    /// The key under which the name's value is encrypted.
    package static func key(of name: String) -> [UInt8] {
        Blake2b.hash(Array(name.lowercased().utf8), key: hash(of: name)) ?? []
    }

    /// Reads the value that the network gave for `name`.
    /// - Parameter nonce: 24 bytes.
    public static func decrypt(_ value: [UInt8], name: String, nonce: [UInt8]) throws(EncryptionError) -> AccountID {
        guard value.count == valueSize, nonce.count == XChaCha20Poly1305.nonceSize else { throw .unknownForm }
        guard let plain = XChaCha20Poly1305.open(value, key: key(of: name), nonce: nonce) else { throw .undecryptable }
        return try account(plain)
    }

    /// Reads a value of the old form, which has no nonce. Takes a second and 256 MiB.
    public static func decryptLegacy(_ value: [UInt8], name: String) throws(EncryptionError) -> AccountID {
        guard value.count == accountSize + SecretBox.tagSize else { throw .unknownForm }
        let zeros = [UInt8](repeating: 0, count: SecretBox.nonceSize)
        guard
            let key = Argon2id.key(
                password: Array(name.lowercased().utf8), salt: Array(zeros.prefix(Argon2id.saltSize)),
                size: SecretBox.keySize, operations: 3, memory: 268_435_456),
            let plain = SecretBox.open(value, key: key, nonce: zeros)
        else { throw .undecryptable }
        return try account(plain)
    }

    private static func account(_ plain: [UInt8]) throws(EncryptionError) -> AccountID {
        guard plain.first == AccountID.prefix, let id = AccountID(publicKey: Array(plain.dropFirst())) else {
            throw .badSender
        }
        return id
    }
}
