import BaseKit
import Crypto
import FoundationEssentials
import SodiumKit

/// The symmetric key of one onion layer. It seals the request on one side and the reply on the other.
/// - Source: network.md §3.3
package struct OnionLayerKey: Sendable {
    package let cipher: OnionCipher
    package let bytes: [UInt8]

    /// - Parameters:
    ///   - sharedSecret: the X25519 result.
    ///   - client: the ephemeral public key, in both directions.
    ///   - node: the public key of the node or server, in both directions.
    package init(_ cipher: OnionCipher, sharedSecret: [UInt8], client: [UInt8], node: [UInt8]) throws(OnionError) {
        self.cipher = cipher
        switch cipher {
        case .aesGCM:
            let code = HMAC<SHA256>.authenticationCode(for: sharedSecret, using: Self.hmacKey)
            bytes = code.withUnsafeBytes { Array($0) }
        case .xChaCha20:
            guard let hash = Blake2b.hash(sharedSecret + client + node) else { throw .unusableKey }
            bytes = hash
        }
    }

    private static let hmacKey = SymmetricKey(data: Array("LOKI".utf8))

    /// Nonce ‖ ciphertext ‖ tag.
    /// - Parameter nonce: ``OnionCipher/nonceSize`` bytes.
    package func seal(_ plaintext: [UInt8], nonce: [UInt8]) throws(OnionError) -> [UInt8] {
        switch cipher {
        case .aesGCM:
            guard let iv = try? AES.GCM.Nonce(data: nonce),
                let box = try? AES.GCM.seal(plaintext, using: SymmetricKey(data: bytes), nonce: iv),
                let combined = box.combined
            else { throw .unusableKey }
            return Array(combined)
        case .xChaCha20:
            guard let sealed = XChaCha20Poly1305.sealWithNonce(plaintext, key: bytes, nonce: nonce) else {
                throw .unusableKey
            }
            return sealed
        }
    }

    package func open(_ sealed: [UInt8]) throws(OnionError) -> [UInt8] {
        guard sealed.count >= cipher.overhead else { throw .undecryptable }
        switch cipher {
        case .aesGCM:
            guard let box = try? AES.GCM.SealedBox(combined: sealed),
                let plaintext = try? AES.GCM.open(box, using: SymmetricKey(data: bytes))
            else { throw .undecryptable }
            return Array(plaintext)
        case .xChaCha20:
            guard let plaintext = XChaCha20Poly1305.openWithNonce(sealed, key: bytes) else { throw .undecryptable }
            return plaintext
        }
    }
}

/// A fresh key pair of one layer, and what it gives together with the recipient's key.
struct OnionExchange {
    let ephemeralKey: [UInt8]
    let sharedSecret: [UInt8]
    let recipient: [UInt8]

    init(with recipient: [UInt8], random: any RandomSource) throws(OnionError) {
        var secret = random.bytes(X25519.keySize)
        guard let (ephemeralKey, sharedSecret) = X25519.exchange(with: recipient, secret: &secret) else {
            throw .unusableKey
        }
        self.ephemeralKey = ephemeralKey
        self.sharedSecret = sharedSecret
        self.recipient = recipient
    }

    func key(_ cipher: OnionCipher) throws(OnionError) -> OnionLayerKey {
        try OnionLayerKey(cipher, sharedSecret: sharedSecret, client: ephemeralKey, node: recipient)
    }
}
