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
        case .aesGCM: Array(try sealAES(plaintext, nonce))
        case .xChaCha20: try sealXChaCha(plaintext, nonce)
        }
    }

    /// What ``seal(_:nonce:)`` makes, in an envelope with `control`.
    func seal(_ plaintext: [UInt8], nonce: [UInt8], control: [UInt8]) throws(OnionError) -> [UInt8] {
        switch cipher {
        case .aesGCM: OnionEnvelope.wrap(try sealAES(plaintext, nonce), control: control)
        case .xChaCha20:
            try sealXChaCha(
                plaintext, nonce, between: OnionEnvelope.head(plaintext.count + cipher.overhead), and: control)
        }
    }

    package func open(_ sealed: [UInt8]) throws(OnionError) -> [UInt8] {
        switch cipher {
        case .aesGCM: Array(try openAES(sealed))
        case .xChaCha20: try openXChaCha(sealed)
        }
    }

    /// The two parts of a sealed envelope.
    func openEnvelope(_ sealed: [UInt8]) throws(OnionError) -> (blob: [UInt8], control: [UInt8]) {
        try OnionEnvelope.split(open(sealed))
    }

    // MARK: The ciphers

    private func sealAES(_ plaintext: [UInt8], _ nonce: [UInt8]) throws(OnionError) -> Data {
        guard let nonce = try? AES.GCM.Nonce(data: nonce),
            let box = try? AES.GCM.seal(plaintext, using: SymmetricKey(data: bytes), nonce: nonce),
            let combined = box.combined
        else { throw .unusableKey }
        return combined
    }

    private func openAES(_ sealed: [UInt8]) throws(OnionError) -> Data {
        guard sealed.count >= cipher.overhead, let box = try? AES.GCM.SealedBox(combined: sealed),
            let plaintext = try? AES.GCM.open(box, using: SymmetricKey(data: bytes))
        else { throw .undecryptable }
        return plaintext
    }

    private func sealXChaCha(
        _ plaintext: [UInt8], _ nonce: [UInt8], between before: [UInt8] = [], and after: [UInt8] = []
    ) throws(OnionError) -> [UInt8] {
        let sealed = XChaCha20Poly1305.sealWithNonce(plaintext, key: bytes, nonce: nonce, between: before, and: after)
        guard let sealed else { throw .unusableKey }
        return sealed
    }

    private func openXChaCha(_ sealed: [UInt8]) throws(OnionError) -> [UInt8] {
        guard let plaintext = XChaCha20Poly1305.openWithNonce(sealed, key: bytes) else { throw .undecryptable }
        return plaintext
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
