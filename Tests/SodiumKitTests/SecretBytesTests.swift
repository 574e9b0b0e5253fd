import SodiumKit
import Testing

@Suite struct SecretBytesTests {
    private struct Refusal: Error {}

    @Test func `what goes in comes out`() {
        let secret = SecretBytes([1, 2, 3])
        #expect(secret.count == 3)
        #expect(secret.copyBytes() == [1, 2, 3])
        #expect(secret.withBytes { Array($0) } == [1, 2, 3])
    }

    @Test func `an empty secret is possible`() {
        #expect(SecretBytes([]).copyBytes().isEmpty)
    }

    @Test func `secrets are compared by content`() {
        #expect(SecretBytes([1, 2]) == SecretBytes([1, 2]))
        #expect(SecretBytes([1, 2]) != SecretBytes([1, 3]))
        #expect(SecretBytes([1, 2]) != SecretBytes([1, 2, 0]))
    }

    @Test func `text and mirror show nothing of the content`() {
        let secret = SecretBytes([0xAB, 0xCD])
        #expect("\(secret)" == "2 secret bytes")
        #expect(Mirror(reflecting: secret).children.isEmpty)
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!dumped.contains("171"))
    }

    @Test func `an error of the writer passes through`() {
        #expect(throws: Refusal.self) { try SecretBytes(count: 4) { _ in throw Refusal() } }
    }

    @Test func `random secrets differ`() {
        #expect(SecretBytes.random(32) != SecretBytes.random(32))
        #expect(SystemRandom().bytes(32) != SystemRandom().bytes(32))
        #expect(SystemRandom().bytes(0).isEmpty)
    }
}
