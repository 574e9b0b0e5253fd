import BaseKit
import ShallotTestSupport
import SodiumKit
import Testing

@Suite struct XEd25519Vectors {
    @Test(arguments: VectorFile.cases(of: "xed25519"))
    func `signatures with X25519 keys are those of the reference`(vector: VectorCase) throws {
        switch vector.op {
        case "pubkey":
            let key = try #require(XEd25519.publicKey(x25519: vector.bytes("x25519_pubkey")))
            let original = try vector.bytes("original_ed25519_pubkey")
            #expect(try key == vector.bytes("ed25519_pubkey_positive"))
            #expect(Ed25519.x25519(publicKey: original) == Ed25519.x25519(publicKey: key))
            #expect(try (original != key) == vector.bool("original_is_negative"))
        case "sign":
            let message = try vector.bytes("message")
            let x25519 = try vector.bytes("x25519_pubkey")
            let signature = XEd25519.sign(
                message, secret: try vector.secret("x25519_secret"),
                random: FixedRandom([try vector.bytes("random_64")]))
            #expect(try signature == vector.bytes("signature"))
            #expect(try XEd25519.publicKey(x25519: x25519) == vector.bytes("ed25519_pubkey_positive"))
            #expect(try XEd25519.verify(vector.bytes("signature"), message, x25519: x25519))
            #expect(try !XEd25519.verify(vector.bytes("signature"), message + [0], x25519: x25519))
        case "verify":
            let isValid = XEd25519.verify(
                try vector.bytes("signature"), try vector.bytes("message"), x25519: try vector.bytes("x25519_pubkey"))
            #expect(isValid == !vector.mustReject)
        default: Issue.record("unknown op \(vector.op)")
        }
    }

    @Test func `keys without a counterpart are refused`() {
        let minusOne = [0xec] + [UInt8](repeating: 0xff, count: 30) + [0x7f]
        #expect(XEd25519.publicKey(x25519: minusOne) == nil)
        #expect(XEd25519.publicKey(x25519: [1]) == nil)
        #expect(!XEd25519.verify([], [], x25519: minusOne))
        #expect(XEd25519.sign([], secret: SecretBytes([1]), random: SystemRandom()) == nil)
    }
}
