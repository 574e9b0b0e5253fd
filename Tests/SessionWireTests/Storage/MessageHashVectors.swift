import BaseKit
import SessionWire
import ShallotTestSupport
import Testing

@Suite struct MessageHashVectors {
    @Test(arguments: VectorFile.cases(of: "hash"))
    func `stored messages have the hash of the reference`(vector: VectorCase) throws {
        switch vector.op {
        case "storage_message_hash":
            let namespace = try #require(Namespace(rawValue: vector.int("namespace")))
            let hash = try MessageHash.compute(
                account: vector.bytes("pubkey"), namespace: namespace, data: vector.bytes("data"))
            #expect(try hash == MessageHash(vector.text("hash")))
        case "blake2b": break  // SodiumKit's suite
        default: Issue.record("unknown op \(vector.op)")
        }
    }

    static let account = "05ffba630924aa1224bb930dde21c0d11bf004608f2812217f8ac812d6c7e3ad48"
    static let group = "03" + String(repeating: "ab", count: 32)

    @Test(arguments: [
        (account, 0, "tse7cPdGXVWduXXcEKR/FS0RYFBYv/dQ0HmjzQMyqQo"),
        (account, 2, "igEDLvcHR/3A8zHvuiLwzJOFXmhFe5SY5Z+GFWbqJtw"),
        (account, -10, "d48BWNFAd57PyvUMrGK2bqjeTNLkHhnUPWHo6MZOBZQ"),
        (account, 11, "E0LT0ftxnQlZX1SjsOhi7QHro3M5WWtqtdS5zWTOpKA"),
        (group, 11, "HQ31dF6xrHgcGHrnuwnKyfUZ2Tjl7BRD8xxhng5xLJA"),
    ])
    func `the hashes of network.md §4.5 come out`(account: String, namespace: Int, hash: String) throws {
        let bytes = try #require([UInt8](hex: account))
        let namespace = try #require(Namespace(rawValue: namespace))
        #expect(
            MessageHash.compute(account: bytes, namespace: namespace, data: Array("hello".utf8)) == MessageHash(hash))
    }

    @Test(arguments: [
        "", "tse7cPdGXVWduXXcEKR/FS0RYFBYv/dQ0HmjzQMyqQ", "tse7cPdGXVWduXXcEKR/FS0RYFBYv/dQ0HmjzQMyqQo=",
        "tse7cPdGXVWduXXcEKR/FS0RYFBYv_dQ0HmjzQMyqQo", "tse7cPdGXVWduXXcEKR/FS0RYFBYv/dQ0HmjzQMyqQ ",
    ])
    func `what is no hash is refused`(text: String) { #expect(MessageHash(text) == nil) }
}
