import BaseKit
import SessionWire
import ShallotTestSupport
import SodiumKit
import Testing

@Suite struct GroupEncryptionTests {
    private let keys = AccountKeys.generate()
    private let key = [UInt8](repeating: 5, count: 32)

    @Test(arguments: [0, 1, 100, 1_000])
    func `messages come back and their sizes are steps of 256`(count: Int) throws {
        let group = try #require(GroupID(publicKey: Ed25519.KeyPair.generate().publicKey))
        let message = [UInt8](repeating: 0xab, count: count)
        let sealed = try GroupEncryption.encrypt(message, from: keys, group: group, key: key, random: SystemRandom())
        #expect(sealed.count.isMultiple(of: 256))
        let opened = try GroupEncryption.decrypt(sealed, group: group, keys: [[UInt8](repeating: 1, count: 32), key])
        #expect(opened.plaintext == message)
        #expect(opened.sender == keys.accountID)
        #expect(opened.keyIndex == 1)
    }

    @Test func `broken messages are refused`() throws {
        let group = try #require(GroupID(publicKey: Ed25519.KeyPair.generate().publicKey))
        let sealed = try GroupEncryption.encrypt([1], from: keys, group: group, key: key, random: SystemRandom())
        for broken in BrokenInput.truncations(of: sealed) + BrokenInput.bitFlips(of: sealed)
            + BrokenInput.noise(seed: 2)
        {
            #expect(throws: EncryptionError.self) { try GroupEncryption.decrypt(broken, group: group, keys: [key]) }
        }
        #expect(throws: EncryptionError.undecryptable) { try GroupEncryption.decrypt(sealed, group: group, keys: []) }
        #expect(throws: EncryptionError.self) { try GroupEncryption.decrypt(sealed, group: group, keys: [[1]]) }
    }

    @Test func `a dictionary with foreign parts is refused`() throws {
        let group = try #require(GroupID(publicKey: Ed25519.KeyPair.generate().publicKey))
        let nonce = [UInt8](repeating: 0, count: 24)
        for text in ["", "i1e", "de", "d0:i2ee", "d0:i1e1:a3:abc1:d1:x1:s1:ye", "d0:i1e1:z1:xe"] {
            let sealed = try #require(XChaCha20Poly1305.sealWithNonce(Array(text.utf8), key: key, nonce: nonce))
            #expect(throws: EncryptionError.self) { try GroupEncryption.decrypt(sealed, group: group, keys: [key]) }
        }
    }
}
