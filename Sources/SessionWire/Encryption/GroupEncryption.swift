public import BaseKit
import SodiumKit

/// What keeps a group's messages secret and proves their senders: a dictionary with the sender's key, the message and a
/// signature that names the group, padded to 256 bytes and encrypted with the group's key.
/// - Source: identity-and-messages.md §3.1; libsession-util 1.6.3, by its test vectors
public enum GroupEncryption {
    public static let keySize = XChaCha20Poly1305.keySize
    /// Sizes are hidden in steps of this many bytes.
    public static let block = 256
    private static let version: Int64 = 1
    private static let overhead = XChaCha20Poly1305.nonceSize + XChaCha20Poly1305.tagSize

    /// A decrypted message, who signed it, and which of the keys opened it.
    public struct Opened: Sendable, Equatable {
        public let plaintext: [UInt8]
        public let sender: AccountID
        public let keyIndex: Int
    }

    /// Encrypts for the members of `group`; draws 24 bytes.
    /// - Parameter key: the group's newest key, 32 bytes.
    public static func encrypt(
        _ message: [UInt8], from keys: AccountKeys, group: GroupID, key: [UInt8], random: any RandomSource
    ) throws(EncryptionError) -> [UInt8] {
        var padded = signed(message, from: keys, group: group)
        let rest = (padded.count + overhead) % block
        if rest > 0 { padded.append(contentsOf: repeatElement(0, count: block - rest)) }
        let nonce = random.bytes(XChaCha20Poly1305.nonceSize)
        guard let sealed = XChaCha20Poly1305.sealWithNonce(padded, key: key, nonce: nonce)
        else { throw .unusableRecipient }
        return sealed
    }

    /// Opens a message of `group` with the first key that fits.
    /// - Parameter keys: newest first.
    public static func decrypt(_ sealed: [UInt8], group: GroupID, keys: [[UInt8]]) throws(EncryptionError) -> Opened {
        guard sealed.count >= overhead else { throw .tooShort }
        for (index, key) in keys.enumerated() {
            guard let padded = XChaCha20Poly1305.openWithNonce(sealed, key: key) else { continue }
            return try read(padded, group: group, keyIndex: index)
        }
        throw .undecryptable
    }

    private static func signed(_ message: [UInt8], from keys: AccountKeys, group: GroupID) -> [UInt8] {
        BTValue.dict([
            BTKey.version: .int(version), BTKey.sender: .bytes(keys.ed25519PublicKey), BTKey.message: .bytes(message),
            BTKey.signature: .bytes(keys.sign(message + group.publicKey)),
        ]).encoded()
    }

    private static func read(_ padded: [UInt8], group: GroupID, keyIndex: Int) throws(EncryptionError) -> Opened {
        let end = padded.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
        guard
            case .dict(let fields) = try? BTValue.parse(Array(padded[..<end])), fields[BTKey.version] == .int(version),
            // Compressed messages stand under another key; they come with the groups.
            case .bytes(let senderKey) = fields[BTKey.sender], case .bytes(let message) = fields[BTKey.message],
            case .bytes(let signature) = fields[BTKey.signature]
        else { throw .unknownForm }
        guard Ed25519.verify(signature, message + group.publicKey, publicKey: senderKey) else { throw .badSignature }
        guard let sender = AccountID(ed25519PublicKey: senderKey) else { throw .badSender }
        return Opened(plaintext: message, sender: sender, keyIndex: keyIndex)
    }

    private enum BTKey {
        static let version: [UInt8] = []
        static let sender = Array("a".utf8)
        static let message = Array("d".utf8)
        static let signature = Array("s".utf8)
    }
}
