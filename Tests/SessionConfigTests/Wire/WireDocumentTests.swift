import BaseKit
import Foundation
import SessionWire
import SodiumKit
import Testing

@testable import SessionConfig

/// The worked examples of what is stored: encryption, padding, the form of a message, parts.
/// - Source: configs.md §14; identity-and-messages.md §3.11
@Suite struct WireDocumentTests {
    private let account: AccountKeys

    init() throws {
        let seed = try #require([UInt8](hex: "0123456789abcdef0123456789abcdef"))
        account = try AccountKeys(seed: SecretBytes(seed))
    }

    @Test func `the example of encryption`() throws {
        let plaintext = Array("some message 1".utf8)
        let sealed =
            "f14f242a26638f3305707d1035e734577f943cd7d28af58e32637e0966dcaf2f4860cb4d0f8ba7e09d29e31f5e4a18f6"
            + "5847287a54a0"
        let base = try #require([UInt8](hex: String(repeating: "abcdef0123456789", count: 4)))
        #expect(ConfigEncryption.encrypt(plaintext, base: base, domain: "test-suite1")?.hex == sealed)
        let nonce = "277e639d36ba46470dfff509a68cb73d9a96386c51739bdd"
        for key in [base, [UInt8](repeating: 1, count: 32)] {
            let blob = ConfigEncryption.encrypt(plaintext, base: key, domain: "test-suite2")
            #expect(blob.map { Array($0.suffix(24)).hex } == nonce)
        }
    }

    @Test(arguments: [
        (1, 216), (216, 216), (217, 472), (5_079, 5_080), (5_080, 5_080), (5_081, 6_104), (20_441, 22_488),
        (40_921, 46_040), (71_640, 71_640), (71_641, 76_760), (76_760, 76_760), (76_761, 81_880),
    ])
    func `a message is as long as one of few`(count: Int, padded: Int) {
        #expect(ConfigPadding.paddedCount(count) == padded)
    }

    @Test(
        arguments: [
            (.userProfile, "e5bcbe0595e82d55e80079dc9cf8c8b6952c099ee8306c413833e0eecd45ce03"),
            (.contacts, "1573a2e233008a47f445a8f1b328fe37bcd49450c94b743202b68902a1a94a89"),
            (.convoInfoVolatile, "121dabefb251fa586c14f7e9c82590361c2db4efcb9817771bb4d9b0aaba9362"),
            (.userGroups, "b78bd9b62719db76ff7a9ec59eef3de0b4aaee4e4d55b515f70b04d674f8b8a9"),
        ] as [(ConfigKind, String)])
    func `each kind is wrapped as in the document`(kind: ConfigKind, hash: String) throws {
        let data = Array("Hello from the other side".utf8)
        let wrappedKind = try #require(kind.wrappedKind)
        let wrapped = try #require(ConfigWrap.wrap(data, kind: wrappedKind, sequence: 1, keys: account))
        #expect(Blake2b.hash(wrapped)?.hex == hash)
        #expect(ConfigWrap.unwrap(wrapped, kind: wrappedKind, keys: account) == data)
    }

    @Test func `a config that is too long for one message is cut as in the document`() throws {
        let keys = ConfigKeys(account: account)
        var config = SharedConfig(.userProfile, keys: keys)
        try config.edit { data throws(ConfigError) in
            data.set("n", text: "Big")
            for number in UInt8(0)..<24 {
                let noise = (UInt8(0)..<64).flatMap { part in
                    Blake2b.hash(Array("shallot-multipart".utf8) + [number, part], size: 64) ?? []
                }
                data.set("x" + (number < 10 ? "0" : "") + String(number), bytes: noise)
            }
        }
        let now = Date(timeIntervalSince1970: 1_700_000_000)
        let push = try config.push(now: now)
        #expect(config.message.bytes.count == 98_790)
        #expect(config.message.hash.hex == "222f56131e7ddf160c2aba18035c17d7d03ac95d3865845b72e834fe4f04ef93")
        #expect(push.blobs.map(\.count) == [76_800, 25_740])
        #expect(
            push.blobs.map { Blake2b.hash($0)?.hex } == [
                "a58272f590fa7491de8c6ff3a3a7c33472477e24e6f6bb958683d1a0a1837e02",
                "2c091727f8def63616aba2473d675f0128fe78a3c04ddbacb4d21cc15a3245aa",
            ])
        for (blob, count) in zip(push.blobs, [76_710, 25_650]) {
            let base = keys.encryption[0].copyBytes()
            let plaintext = try #require(ConfigEncryption.decrypt(blob, base: base, domain: "UserProfile"))
            let part = try ConfigMultipart.part(plaintext)
            #expect(part.finalHash.hex == "7d7d5edfde266c9cbb925cbdfba0921e5e33a8f5a1787c576c11a399b7e25305")
            #expect(part.chunk.count == count)
        }
        var other = SharedConfig(.userProfile, keys: keys)
        let stored = push.blobs.enumerated().map { StoredConfig(hash: "p\($0)", data: $1) }
        #expect(other.merge([stored[1]], now: now) == ["p1"])
        #expect(other.activeHashes == ["p1"])
        #expect(other.merge([stored[0]], now: now) == ["p0"])
        #expect(other.data == config.data)
        #expect(other.storedHashes == ["p0", "p1"])
    }
}
