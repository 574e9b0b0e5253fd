import BaseKit
import SessionWire
import SodiumKit
import Testing

/// The signatures that network.md §4.3–4.7 spells out.
@Suite struct StorageSignatureTests {
    static func pair(_ seed: UInt8) -> Ed25519.KeyPair {
        guard let pair = Ed25519.KeyPair(seed: SecretBytes([UInt8](repeating: seed, count: 32))) else {
            preconditionFailure("32 bytes make a key")
        }
        return pair
    }

    static let a = String(repeating: "A", count: 43)
    static let b = String(repeating: "B", count: 43)
    static let time: UInt64 = 1_700_000_000_000

    static var rows: [(SignedRow, String)] {
        [
            (.retrieve(0), "VotHJ4MCGzYkKqRtu+vajWdXMFPS7Mbkc1bk6uWvHMKVhiXD7Db3nnSDK22Hdh8sO6R36a3KgRrWnQlpPcB5BQ=="),
            (.retrieve(2), "HXw3VwxAtW7qMprJqkfS+9QqK37aLp+FeFwtpDTQ4TAQd8jCTG0t54gdn5myQ8zethDk0025to+NT9GudifqDQ=="),
            (.store(2), "/FCbljmLGhnwVCqYfANr1mnRzZduijaSxj4T99yMQH3tYsevSiGqwy3ciIDlVBIInEIa3x3IjQMyADCNxAqXBQ=="),
            (.deleteAll, "MilRih2zUNCy0VawQTBsxhFRVn8otLc3zrY2Sgeo3wqzItmnHwsOgntN0DEgJtWIzjpVPZ6qZFfBDT+J0XhwBQ=="),
            (.getExpiries, "jHAgxrYZLhYskDmofAPuOh10YDfgJg45yDnouvN1l+HKTtoOgky5JUQQFCPiEGEZAr7DuqnioJAkjUXNXWWiAQ=="),
            (.expire, "hwt/afVGXsGLp7SU21yeLCxG9RZK52VUxzH7AKzuMtVh5XET0ZeyAzzKRqVnpoBhsxGSSEemH9HjRQ0EcKZnCA=="),
        ]
    }

    enum SignedRow {
        case retrieve(Int), store(Int), deleteAll, getExpiries, expire

        func text() throws -> [UInt8] {
            let (a, b) = (
                try #require(MessageHash(StorageSignatureTests.a)), try #require(MessageHash(StorageSignatureTests.b))
            )
            return switch self {
            case .retrieve(let namespace):
                SignedText.retrieve(try #require(Namespace(rawValue: namespace)), timestamp: time)
            case .store(let namespace): SignedText.store(try #require(Namespace(rawValue: namespace)), timestamp: time)
            case .deleteAll: SignedText.deleteAll(.all, timestamp: time)
            case .getExpiries: SignedText.getExpiries([a], timestamp: time)
            case .expire: SignedText.expire(.extend, expiries: [1_700_600_000_000], messages: [a, b])
            }
        }
    }

    @Test(arguments: rows)
    func `requests of an account are signed as documented`(row: SignedRow, signature: String) throws {
        #expect(try Self.pair(1).sign(row.text()).base64 == signature)
    }

    @Test func `a subaccount signs for its group as documented`() throws {
        let group = Self.pair(2)
        let member = Self.pair(3)
        let token = try #require(SubaccountToken(prefix: 3, access: [.read, .write], key: member.publicKey))
        #expect(token.bytes.base64 == "AwMAAO1JKMYo0cLG6ukDOJBZlWEpWSc6XGP5NjbBRhSshzfR")
        #expect(SubaccountToken(token.bytes.base64) == token)
        #expect(SubaccountToken(token.bytes.hex) == token)
        let proof = group.sign(token.bytes)
        #expect(
            proof.base64 == "+MbsgbgNjOMSnFwHSvpmLFeM5iCTpBXjw8TnTtR3L/lyz490NPFN3cuWVx8lo+NwjVREm6vJR/qPbMqb4dNqCw==")

        let signer = SubaccountSigner(
            accountBytes: [3] + group.publicKey, token: token, signature: proof, keys: member)
        let request = StorageRequest.retrieve(
            RetrieveRequest(signer: signer, namespace: .groupMessages, lastHash: nil, timestamp: Self.time))
        #expect(
            request.parameters["signature"]
                == "osHys0VW+j8jmyiHxH1IcSxo6PbTvbEnFs2DT13GjyF9SWbkpc7SEBOKEN/ofd01wvlKPd7bRTLwyh22yp3QAg==")
        let fields = try #require(request.parameters.objectValue)
        #expect(StorageAuth.verify(method: "retrieve", parameters: fields, now: Self.time) == nil)

        let revoke = RevokeRequest(signer: OwnerSigner(keys: group), tokens: [token], timestamp: Self.time)
        #expect(
            StorageRequest.revokeSubaccounts(revoke).parameters["signature"]
                == "dpTl7M8+SnkovkgjqL/7pCg9ISnhNzCYSFaJ7bBTchfV3FRP+hig1WAEWqbI+jMwwHS9MDt+kwatQ0gGA7eHCw==")
    }

    @Test func `members sign what they store and delete as documented`() throws {
        let account = try #require(
            [UInt8](hex: "051b1b58dd50ea14b60da17b790cd02754d970c9bab864ebb3c0f3016fe51d3f57"))
        let hash = MessageHash.compute(account: account, namespace: .messages, data: Array("hello".utf8))
        #expect(hash.rawValue == "rP6borW9utLWzssBOdBoNp8tRyDtff7nL825+SNhXKM")
        let node = Self.pair(0x10)
        #expect(
            node.sign(MemberSignature.store(hash)).base64
                == "Li9xAlOZI8SsTB9/zJtVZCBN2D1WNcHQhydeela9MbVK7BWd/lGiFLAg8ID2eLkyTC5IMgrap/sPg5kE5WpgCA==")
        let delete = MemberSignature.delete(account: account, requested: [hash], deleted: [hash])
        #expect(
            node.sign(delete).base64
                == "sJvEBaM03JzyH/wVN+Qiohkjt0GhWbDvGnz6oe36rcMpXBONkK2dPWZRJblo7+c8PEFAqM7IwmO5MF8CylR/DA==")
    }

    @Test(arguments: ["", "AwMAAO1JKMYo0cLG6ukDOJBZlWEpWSc6XGP5NjbBRhSshzf", String(repeating: "g", count: 72)])
    func `what is no token is refused`(text: String) { #expect(SubaccountToken(text) == nil) }
}
