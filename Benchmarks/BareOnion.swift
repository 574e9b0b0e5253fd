import CSodium
import Crypto
import FoundationEssentials
import SessionWire
import SodiumKit

/// The cryptography of an onion request and nothing else: libsodium on memory that is reserved beforehand. AES is
/// libsodium's where the processor has instructions for it, otherwise swift-crypto's.
final class BareOnion {
    private let publicKeys: [[UInt8]]
    private let secrets: [[UInt8]]
    private let cipher: OnionCipher
    /// Plaintext bytes of each layer, the destination's first.
    private let sizes: [Int]
    private var plaintext: [UInt8]
    private var ciphertext: [UInt8]
    private var opened: [UInt8]
    private let hasAES = crypto_aead_aes256gcm_is_available() == 1

    /// - Parameter keys: entry node first, destination last.
    init(keys: [NodeKeys], cipher: OnionCipher, sizes: [Int]) {
        publicKeys = keys.reversed().map(\.x25519.publicKey)
        secrets = keys.reversed().map { $0.x25519.secret.copyBytes() }
        self.cipher = cipher
        self.sizes = sizes
        let largest = (sizes.max() ?? 0) + cipher.overhead
        plaintext = [UInt8](repeating: 1, count: largest)
        ciphertext = plaintext
        opened = plaintext
    }

    /// Seals every layer and opens it again.
    func run() throws {
        for (index, size) in sizes.enumerated() {
            var secret = [UInt8](repeating: 0, count: 32)
            var ephemeral = secret
            var shared = secret
            randombytes_buf(&secret, 32)
            crypto_scalarmult_base(&ephemeral, secret)
            guard crypto_scalarmult(&shared, secret, publicKeys[index]) == 0 else { throw BenchmarkError.wrongResult }
            var nonce = [UInt8](repeating: 0, count: cipher.nonceSize)
            randombytes_buf(&nonce, nonce.count)
            try seal(size, key(shared, ephemeral, publicKeys[index]), nonce)

            guard crypto_scalarmult(&shared, secrets[index], ephemeral) == 0 else { throw BenchmarkError.wrongResult }
            try open(size, key(shared, ephemeral, publicKeys[index]), nonce)
        }
    }

    private func key(_ shared: [UInt8], _ client: [UInt8], _ node: [UInt8]) -> [UInt8] {
        var key = [UInt8](repeating: 0, count: 32)
        switch cipher {
        case .aesGCM:
            var state = crypto_auth_hmacsha256_state()
            crypto_auth_hmacsha256_init(&state, Array("LOKI".utf8), 4)
            crypto_auth_hmacsha256_update(&state, shared, 32)
            crypto_auth_hmacsha256_final(&state, &key)
        case .xChaCha20:
            crypto_generichash_blake2b(&key, 32, shared + client + node, 96, nil, 0)
        }
        return key
    }

    private func seal(_ size: Int, _ key: [UInt8], _ nonce: [UInt8]) throws {
        switch cipher {
        case .aesGCM where hasAES:
            crypto_aead_aes256gcm_encrypt(&ciphertext, nil, plaintext, UInt64(size), nil, 0, nil, nonce, key)
        case .aesGCM:
            let box = try AES.GCM.seal(
                plaintext[..<size], using: SymmetricKey(data: key), nonce: AES.GCM.Nonce(data: nonce))
            ciphertext.replaceSubrange(..<(size + 28), with: box.combined ?? Data())
        case .xChaCha20:
            crypto_aead_xchacha20poly1305_ietf_encrypt(
                &ciphertext, nil, plaintext, UInt64(size), nil, 0, nil, nonce, key)
        }
    }

    private func open(_ size: Int, _ key: [UInt8], _ nonce: [UInt8]) throws {
        let length = UInt64(size + 16)
        switch cipher {
        case .aesGCM where hasAES:
            guard crypto_aead_aes256gcm_decrypt(&opened, nil, nil, ciphertext, length, nil, 0, nonce, key) == 0 else {
                throw BenchmarkError.wrongResult
            }
        case .aesGCM:
            _ = try AES.GCM.open(
                AES.GCM.SealedBox(combined: ciphertext[..<(size + 28)]), using: SymmetricKey(data: key))
        case .xChaCha20:
            guard
                crypto_aead_xchacha20poly1305_ietf_decrypt(&opened, nil, nil, ciphertext, length, nil, 0, nonce, key)
                    == 0
            else { throw BenchmarkError.wrongResult }
        }
    }
}
