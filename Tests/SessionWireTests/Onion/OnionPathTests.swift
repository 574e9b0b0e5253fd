import BaseKit
import Crypto
import FoundationEssentials
import SessionWire
import ShallotTestSupport
import SodiumKit
import Testing

/// The path, the replies and the exit that network.md §3.3–3.5 spells out.
@Suite struct OnionPathTests {
    static let nodes: [Keys] = (0..<4).map { Keys(seed: UInt8(0x10 + $0)) }
    static let request = Array(#"{"method":"info","params":{}}"#.utf8)
    static let reply = #"{"t":1700000000000}"#

    struct Keys {
        let ed25519: [UInt8]
        let x25519: X25519.KeyPair

        init(seed: UInt8) {
            guard let pair = Ed25519.KeyPair(seed: SecretBytes([UInt8](repeating: seed, count: 32))),
                let secret = Ed25519.x25519(secretKey: pair.secretKey)
            else { preconditionFailure("a seed makes a key") }
            ed25519 = pair.publicKey
            x25519 = X25519.KeyPair(secret: secret)
        }

        var node: ServiceNode {
            guard
                let node = ServiceNode(
                    ed25519: ed25519, x25519: x25519.publicKey, address: IPv4Address(rawValue: 0x7f00_0001),
                    port: 22_021)
            else { preconditionFailure("keys have 32 bytes") }
            return node
        }
    }

    /// Ephemeral secrets 0xa0 + layer and nonces 0xc0 + layer, from the destination outwards.
    static func draws(_ cipher: OnionCipher) -> FixedRandom {
        FixedRandom(
            (0..<4).reversed().flatMap { layer in
                [
                    [UInt8](repeating: UInt8(0xa0 + layer), count: 32),
                    [UInt8](repeating: UInt8(0xc0 + layer), count: cipher.nonceSize),
                ]
            })
    }

    static func build(_ cipher: OnionCipher) throws -> OnionRequest {
        try OnionRequest.build(
            request, path: nodes[..<3].map(\.node), destination: .node(nodes[3].node), cipher: cipher,
            random: draws(cipher))
    }

    private func sha256(_ bytes: [UInt8]) -> String { Array(SHA256.hash(data: bytes)).hex }

    @Test(
        arguments: [
            (.aesGCM, 754, "a0b1f2f1c5e78e78bee9e295a3824b8cb54381959449de4e3643cd6db915dc9c"),
            (.xChaCha20, 894, "e0baf72e814299f4ad484064ab0f91795e51283daaf3a727b1e7d04aa104fc1e"),
        ] as [(OnionCipher, Int, String)])
    func `a request to a node has the documented bytes`(cipher: OnionCipher, size: Int, hash: String) throws {
        let body = try Self.build(cipher).body
        #expect(body.count == size)
        #expect(sha256(body) == hash)
    }

    @Test(
        arguments: [
            (
                .aesGCM,
                [
                    "30cad72b921454ce5a5622252f4785e40758134b1fd56949d3e039918c4c7fa3",
                    "a6677a91cf32f6191b4ac3d202de51e0b5ed6deee676ebffe4ab4bb4ce0f3668",
                    "1888f5855a018900cbe978fa8bf257de70ea3b63ec3adda340c36181c3fbd53c",
                ]
            ),
            (
                .xChaCha20,
                [
                    "f9d0ee08580ca1146544b8fb069262063b9e32f58225dc87608c25632159c887",
                    "8504fd271e10c664bec84d372bcdac25feaacbb6e22f270f88ee3bef7b3edeb3",
                    "654669910503f82f88d18bc15e753cb7e1192c88b0215b6f28befdc8ff182eee",
                ]
            ),
        ] as [(OnionCipher, [String])])
    func `each node finds the documented layer and passes it on`(cipher: OnionCipher, hashes: [String]) throws {
        let built = try Self.build(cipher)
        var entry = try OnionLayer.parseEntry(built.body)
        for index in 0..<3 {
            #expect(sha256(entry.blob) == hashes[index])
            guard
                case .relay(let next, let body, let key, let cipher) =
                    try OnionLayer.peel(entry, secret: Self.nodes[index].x25519)
            else { throw VectorError("node \(index) does not relay") }
            #expect(next.bytes == Self.nodes[index + 1].ed25519)
            entry = OnionEntry(blob: body, ephemeralKey: key, cipher: cipher, hopNumber: entry.hopNumber + 1)
        }
        guard
            case .final(let body, let replyKey, let wantsJSON, let wantsBase64) =
                try OnionLayer.peel(entry, secret: Self.nodes[3].x25519)
        else { throw VectorError("the request does not arrive") }
        #expect(body == Self.request)
        #expect(!wantsJSON && wantsBase64)

        let sealed = try replyKey.sealNodeReply(
            status: 200, body: Self.reply, random: FixedRandom([[UInt8](repeating: 0xd0, count: cipher.nonceSize)]))
        #expect(String(decoding: sealed, as: UTF8.self) == Self.sealedReply(cipher))
        #expect(try built.replyKey.openNodeReply(sealed) == NodeReply(status: 200, body: Array(Self.reply.utf8)))
    }

    private static func sealedReply(_ cipher: OnionCipher) -> String {
        switch cipher {
        case .aesGCM:
            "0NDQ0NDQ0NDQ0NDQVppVSkxc5tyQcQRjGMDKyOG3+9D1ouVoSQM1vXiY843CDEgb4fgylHFhbWqEdGroXdS8jPV1lfmBGIpbRQ=="
        case .xChaCha20:
            "0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQqRv4UlB9wrU5khqCOx8Dn/bKzt5qI9fjknmGGhMlGu3ObQPyb6tTQqwgvMRqqgsPr/YGKl5"
                + "MW3U+DxgOiw=="
        }
    }

    @Test(arguments: OnionCipher.allCases)
    func `the reply may be JSON, raw, or both`(cipher: OnionCipher) throws {
        let built = try Self.build(cipher)
        let replyKey = try Self.replyKey(built)
        let body: JSONValue = ["t": 1_700_000_000_000]
        for base64 in [true, false] {
            let text = try replyKey.sealNodeReply(status: 421, body: body, base64: base64, random: SystemRandom())
            #expect(try built.replyKey.openNodeReply(text) == NodeReply(status: 421, body: body.encoded()))
            let json = try replyKey.sealNodeReply(
                status: 200, body: body, json: true, base64: base64, random: SystemRandom())
            #expect(try JSONValue.parse(built.replyKey.openNodeReply(json).body)["body"] == body)
        }
    }

    @Test(arguments: OnionCipher.allCases)
    func `a damaged reply is refused`(cipher: OnionCipher) throws {
        let built = try Self.build(cipher)
        let sealed = try Self.replyKey(built).sealNodeReply(
            status: 200, body: Self.reply, base64: false, random: SystemRandom())
        for bytes in BadInput.variants(of: sealed) {
            #expect(throws: OnionError.self) { try built.replyKey.openNodeReply(bytes) }
            #expect(throws: OnionError.self) { try built.replyKey.openServerReply(bytes) }
        }
    }

    @Test(arguments: OnionCipher.allCases)
    func `a damaged request goes nowhere`(cipher: OnionCipher) throws {
        let body = try Self.build(cipher).body
        for bytes in BadInput.variants(of: body, step: 7) {
            guard let entry = try? OnionLayer.parseEntry(bytes),
                let peeled = try? OnionLayer.peel(entry, secret: Self.nodes[0].x25519)
            else { continue }
            // Only what is in front of and behind the ciphertext may change without harm: hop count and white space.
            guard case .relay(let next, _, _, _) = peeled else { throw VectorError("a damaged layer was followed") }
            #expect(next.bytes == Self.nodes[1].ed25519)
        }
    }

    /// Peels to the end and gives the destination's key.
    static func replyKey(_ request: OnionRequest) throws -> OnionPeelKey {
        var entry = try OnionLayer.parseEntry(request.body)
        for node in nodes {
            switch try OnionLayer.peel(entry, secret: node.x25519) {
            case .relay(_, let body, let key, let cipher):
                entry = OnionEntry(blob: body, ephemeralKey: key, cipher: cipher)
            case .final(_, let replyKey, _, _): return replyKey
            case .server, .invalid: throw VectorError("the request does not arrive")
            }
        }
        throw VectorError("the request does not arrive")
    }
}
