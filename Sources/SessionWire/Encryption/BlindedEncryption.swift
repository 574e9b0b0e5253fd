public import BaseKit
import SodiumKit

/// Messages between two blinded ids through a community server's inbox: version 0 ‖ XChaCha20-Poly1305(message ‖ sender's
/// Ed25519 key) ‖ nonce.
/// - Source: libsession-util 1.6.3, by its test vectors
public enum BlindedEncryption {
    private static let version: UInt8 = 0
    private static let overhead = 1 + XChaCha20Poly1305.tagSize + XChaCha20Poly1305.nonceSize

    /// What both sides of a conversation can compute, and the key for one direction of it.
    package struct Secret: Sendable {
        package let point: [UInt8]
        package let key: [UInt8]
    }

    public struct Opened: Sendable, Equatable {
        /// Still padded, if the sender padded it.
        public let plaintext: [UInt8]
        public let sender: AccountID
    }

    /// Encrypts for a blinded id of the server with this key; draws 24 bytes.
    public static func encrypt(
        _ message: [UInt8], from keys: AccountKeys, to recipient: BlindedID, server: [UInt8], random: any RandomSource
    ) throws(EncryptionError) -> [UInt8] {
        guard
            let own = Blinding.id(recipient.scheme, ed25519PublicKey: keys.ed25519PublicKey, server: server),
            let secret = secret(keys: keys, other: recipient, server: server, sender: own, recipient: recipient)
        else { throw .unusableRecipient }
        let nonce = random.bytes(XChaCha20Poly1305.nonceSize)
        guard let sealed = XChaCha20Poly1305.seal(message + keys.ed25519PublicKey, key: secret.key, nonce: nonce)
        else { throw .unusableRecipient }
        return [version] + sealed + nonce
    }

    /// Opens a message that `keys` received or sent itself.
    /// - Parameters:
    ///   - sender: the blinded id that the server names as sender.
    ///   - recipient: the one it was sent to.
    public static func decrypt(
        _ sealed: [UInt8], keys: AccountKeys, sender: BlindedID, recipient: BlindedID, server: [UInt8]
    ) throws(EncryptionError) -> Opened {
        guard sealed.count >= overhead + Ed25519.publicKeySize else { throw .tooShort }
        guard sealed[0] == version, sender.scheme == recipient.scheme else { throw .unknownForm }
        let isOwn = Blinding.matches(sender, ed25519PublicKey: keys.ed25519PublicKey, server: server)
        let other = isOwn ? recipient : sender
        let body = sealed[1..<sealed.count - XChaCha20Poly1305.nonceSize]
        guard
            let secret = secret(keys: keys, other: other, server: server, sender: sender, recipient: recipient),
            let opened = XChaCha20Poly1305.open(
                body, key: secret.key, nonce: Array(sealed.suffix(XChaCha20Poly1305.nonceSize)))
        else { throw .undecryptable }
        let senderKey = Array(opened.suffix(Ed25519.publicKeySize))
        guard let account = AccountID(ed25519PublicKey: senderKey) else { throw .badSender }
        guard Blinding.matches(sender, ed25519PublicKey: senderKey, server: server) else { throw .badSignature }
        return Opened(plaintext: Array(opened.dropLast(Ed25519.publicKeySize)), sender: account)
    }

    /// The key of one direction, as the owner of `keys` computes it; `nil` for an id that is no point of the curve.
    package static func secret(
        keys: AccountKeys, other: BlindedID, server: [UInt8], sender: BlindedID, recipient: BlindedID
    ) -> Secret? {
        guard var scalar = Blinding.sharingScalar(other.scheme, keys: keys, server: server) else { return nil }
        defer { Sodium.wipe(&scalar) }
        guard
            let point = EdwardsGroup.multiply(scalar, point: other.publicKey),
            let key = Blake2b.hash(parts: [point, sender.publicKey, recipient.publicKey])
        else { return nil }
        return Secret(point: point, key: key)
    }
}
