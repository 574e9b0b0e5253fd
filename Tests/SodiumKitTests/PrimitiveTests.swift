import BaseKit
import SodiumKit
import Testing

@Suite struct PrimitiveTests {
    private let message = Array("The quick brown fox".utf8)
    private let key = [UInt8](repeating: 7, count: 32)
    private let nonce = [UInt8](repeating: 9, count: 24)

    @Test func `a signature holds for its message and key only`() throws {
        let pair = try #require(Ed25519.KeyPair(seed: SecretBytes(key)))
        let signature = pair.sign(message)
        #expect(Ed25519.verify(signature, message, publicKey: pair.publicKey))
        #expect(!Ed25519.verify(signature, message + [0], publicKey: pair.publicKey))
        #expect(!Ed25519.verify(signature, message, publicKey: Ed25519.KeyPair.generate().publicKey))
        #expect(!Ed25519.verify(Array(signature.dropLast()), message, publicKey: pair.publicKey))
        #expect(!Ed25519.verify(signature, message, publicKey: []))
    }

    @Test(arguments: [0, 16, 31, 33, 64])
    func `a seed of another size makes no key`(count: Int) {
        #expect(Ed25519.KeyPair(seed: SecretBytes([UInt8](repeating: 1, count: count))) == nil)
        #expect(X25519.KeyPair(secretBytes: [UInt8](repeating: 1, count: count)) == nil)
    }

    @Test func `signing keys turn into matching Diffie-Hellman keys`() throws {
        let signing = Ed25519.KeyPair.generate()
        let secret = try #require(Ed25519.x25519(secretKey: signing.secretKey))
        #expect(Ed25519.x25519(publicKey: signing.publicKey) == X25519.KeyPair(secret: secret).publicKey)
        #expect(Ed25519.x25519(publicKey: [UInt8](repeating: 0, count: 32)) == nil)
        #expect(Ed25519.x25519(publicKey: [1, 2]) == nil)
        #expect(Ed25519.x25519(secretKey: SecretBytes(key)) == nil)
    }

    @Test func `both sides share one secret`() {
        let (one, two) = (X25519.KeyPair.generate(), X25519.KeyPair.generate())
        let shared = X25519.sharedSecret(secret: one.secret, publicKey: two.publicKey)
        #expect(shared != nil)
        #expect(shared == X25519.sharedSecret(secret: two.secret, publicKey: one.publicKey))
    }

    @Test(arguments: [
        [UInt8](repeating: 0, count: 32), [1] + [UInt8](repeating: 0, count: 31), [UInt8](repeating: 1, count: 31), [],
    ])
    func `keys of small order or wrong length share nothing`(publicKey: [UInt8]) {
        #expect(X25519.sharedSecret(secret: SecretBytes(key), publicKey: publicKey) == nil)
        #expect(!X25519.isUsable(publicKey: publicKey))
        #expect(SealedBox.seal(message, to: publicKey, random: SystemRandom()) == nil)
    }

    @Test(arguments: [0, 1, 100, 5_000])
    func `a sealed box opens for its owner only`(count: Int) {
        let plain = [UInt8](repeating: 0x5a, count: count)
        let owner = X25519.KeyPair.generate()
        let sealed = SealedBox.seal(plain, to: owner.publicKey, random: SystemRandom()) ?? []
        #expect(sealed.count == count + SealedBox.overhead)
        #expect(SealedBox.open(sealed, keys: owner) == plain)
        #expect(SealedBox.open(sealed, keys: .generate()) == nil)
        #expect(SealedBox.open(Array(sealed.dropLast()), keys: owner) == nil)
        #expect(SealedBox.open(sealed + [0], keys: owner) == nil)
        #expect(SealedBox.open([], keys: owner) == nil)
    }

    @Test func `authenticated encryption notices every change`() throws {
        let sealed = try #require(XChaCha20Poly1305.seal(message, key: key, nonce: nonce, additionalData: [1]))
        #expect(XChaCha20Poly1305.open(sealed, key: key, nonce: nonce, additionalData: [1]) == message)
        #expect(XChaCha20Poly1305.open(sealed, key: key, nonce: nonce, additionalData: [2]) == nil)
        for index in sealed.indices {
            var altered = sealed
            altered[index] ^= 0x10
            #expect(XChaCha20Poly1305.open(altered, key: key, nonce: nonce, additionalData: [1]) == nil)
            #expect(XChaCha20Poly1305.open(sealed[..<index], key: key, nonce: nonce, additionalData: [1]) == nil)
        }
        #expect(XChaCha20Poly1305.seal(message, key: [1], nonce: nonce) == nil)
        #expect(XChaCha20Poly1305.seal(message, key: key, nonce: [1]) == nil)
        #expect(XChaCha20Poly1305.openWithNonce([1, 2, 3], key: key) == nil)
    }

    @Test func `what stands around a sealed message stays as it is`() throws {
        let bare = try #require(XChaCha20Poly1305.sealWithNonce(message, key: key, nonce: nonce))
        #expect(
            XChaCha20Poly1305.sealWithNonce(message, key: key, nonce: nonce, between: [7], and: [8, 9])
                == [7] + bare + [8, 9])
        #expect(XChaCha20Poly1305.openWithNonce(bare, key: key) == message)
        #expect(XChaCha20Poly1305.sealWithNonce(message, key: [1], nonce: nonce) == nil)
        #expect(XChaCha20Poly1305.sealWithNonce(message, key: key, nonce: [1]) == nil)
    }

    @Test func `comparison in constant time compares`() {
        #expect(Sodium.constantTimeEqual([], []))
        #expect(Sodium.constantTimeEqual([1, 2], [1, 2]))
        #expect(!Sodium.constantTimeEqual([1, 2], [1, 3]))
        #expect(!Sodium.constantTimeEqual([1, 2], [1]))
    }

    @Test func `hash parameters of a wrong size are refused`() {
        #expect(Blake2b.hash(message, salt: [1]) == nil)
        #expect(Blake2b.hash(message, personal: [1]) == nil)
        #expect(Blake2b.hash(message, personal: [UInt8](repeating: 0, count: 16)) == Blake2b.hash(message))
        #expect(Argon2id.key(password: message, salt: [1], size: 32, operations: 1, memory: 8_192) == nil)
    }
}
