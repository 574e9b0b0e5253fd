public import BaseKit
public import SodiumKit

/// What keeps a direct message secret and proves its sender: sealedbox(message ‖ sender's Ed25519 key ‖ signature), the
/// signature being over message ‖ sender's key ‖ recipient's X25519 key.
/// - Source: identity-and-messages.md §3.3
public enum SessionEncryption {
    /// Bytes that encryption adds to a message.
    public static let overhead = SealedBox.overhead + tailSize
    private static let keySize = Ed25519.publicKeySize
    private static let tailSize = Ed25519.publicKeySize + Ed25519.signatureSize
    private static let seedKey = Array("SessionBoxEphemeralHashKey".utf8)

    /// A decrypted message and who signed it.
    public struct Opened: Sendable, Equatable {
        /// Still padded, if the sender padded it.
        public let plaintext: [UInt8]
        public let senderEd25519: [UInt8]
        public let sender: AccountID
    }

    /// Encrypts for `recipient`; draws 32 bytes. Padding is the caller's.
    /// - Throws: ``EncryptionError/unusableRecipient`` if the id is no usable key.
    public static func encrypt(
        _ padded: [UInt8], from keys: AccountKeys, to recipient: AccountID, random: any RandomSource
    ) throws(EncryptionError) -> [UInt8] {
        var ephemeral = random.bytes(X25519.keySize)
        defer { Sodium.wipe(&ephemeral) }
        return try seal(padded, keys, recipient.publicKey, ephemeral)
    }

    /// Encrypts without randomness, so that equal messages become equal bytes. For config messages only.
    public static func encryptDeterministic(
        _ message: [UInt8], from keys: AccountKeys, to recipient: AccountID
    ) throws(EncryptionError) -> [UInt8] {
        var seed = keys.ed25519.secretKey.withBytes { Array($0.prefix(Ed25519.seedSize)) }
        defer { Sodium.wipe(&seed) }
        guard
            let hash = Blake2b.hash(parts: [seed, recipient.publicKey, message], key: seedKey),
            var ephemeral = SealedBox.ephemeralSecret(seed: hash)
        else { throw .unusableRecipient }
        defer { Sodium.wipe(&ephemeral) }
        return try seal(message, keys, recipient.publicKey, ephemeral)
    }

    /// Opens what was encrypted for `keys`.
    public static func decrypt(_ sealed: [UInt8], keys: AccountKeys) throws(EncryptionError) -> Opened {
        try decrypt(sealed, x25519: keys.x25519)
    }

    /// Opens what was encrypted for an X25519 key alone.
    public static func decrypt(_ sealed: [UInt8], x25519 keys: X25519.KeyPair) throws(EncryptionError) -> Opened {
        guard sealed.count >= overhead else { throw .tooShort }
        guard var opened = SealedBox.open(sealed, keys: keys) else { throw .undecryptable }
        let count = opened.count - tailSize
        let senderKey = Array(opened[count..<count + keySize])
        guard verify(&opened, messageCount: count, recipient: keys.publicKey) else { throw .badSignature }
        guard let sender = AccountID(ed25519PublicKey: senderKey) else { throw .badSender }
        opened.removeLast(tailSize)
        return Opened(plaintext: opened, senderEd25519: senderKey, sender: sender)
    }

    /// Signs and seals in one piece of memory: the recipient's key stands where the signature will be while it is signed.
    private static func seal(
        _ message: [UInt8], _ keys: AccountKeys, _ recipient: [UInt8], _ ephemeral: [UInt8]
    ) throws(EncryptionError) -> [UInt8] {
        let signedCount = message.count + keySize
        let sealed = SealedBox.seal(count: message.count + tailSize, to: recipient, ephemeralSecret: ephemeral) {
            body in
            guard let start = body.baseAddress else { return false }
            message.withUnsafeBytes { body.copyMemory(from: $0) }
            UnsafeMutableRawBufferPointer(rebasing: body[message.count...]).copyBytes(from: keys.ed25519PublicKey)
            UnsafeMutableRawBufferPointer(rebasing: body[signedCount...]).copyBytes(from: recipient)
            let signed = UnsafeRawBufferPointer(start: start, count: signedCount + recipient.count)
            return withUnsafeTemporaryAllocation(byteCount: Ed25519.signatureSize, alignment: 1) { signature in
                guard let address = signature.baseAddress, keys.ed25519.sign(signed, into: address) else {
                    return false
                }
                (start + signedCount).copyMemory(from: address, byteCount: signature.count)
                return true
            }
        }
        guard let sealed else { throw .unusableRecipient }
        return sealed
    }

    /// Checks the signature in place, by the same trick.
    private static func verify(_ opened: inout [UInt8], messageCount: Int, recipient: [UInt8]) -> Bool {
        let signature = Array(opened.suffix(Ed25519.signatureSize))
        return opened.withUnsafeMutableBytes { body in
            guard let start = body.baseAddress else { return false }
            let signedCount = messageCount + keySize
            UnsafeMutableRawBufferPointer(rebasing: body[signedCount...]).copyBytes(from: recipient)
            let signed = UnsafeRawBufferPointer(start: start, count: signedCount + recipient.count)
            return signature.withUnsafeBytes { signature in
                guard let signature = signature.baseAddress else { return false }
                return Ed25519.verify(signature, signed, publicKey: start + messageCount)
            }
        }
    }
}
