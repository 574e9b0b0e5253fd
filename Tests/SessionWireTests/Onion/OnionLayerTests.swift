import BaseKit
import SessionWire
import ShallotTestSupport
import SodiumKit
import Testing

@Suite struct OnionLayerTests {
    static let key = String(repeating: "0a", count: 32)

    @Test(arguments: [
        #"{"headers":{},"host":"a","destination":"b"}"#, #"{"headers":null}"#, #"{"headers":0,"body":null}"#,
    ])
    func `headers make a node the destination whatever else is there`(json: String) throws {
        #expect(try OnionControl.parse(Array(json.utf8)) == .final(wantsJSON: false, wantsBase64: true))
    }

    @Test func `hexadecimal is read in any case`() throws {
        let control = try OnionControl.parse(
            Array(#"{"destination":"\#(Self.key.uppercased())","ephemeral_key":"\#(Self.key)","enc_type":"gcm"}"#.utf8))
        let bytes = [UInt8](repeating: 0x0a, count: 32)
        #expect(
            control
                == .relay(next: try #require(ServiceNodeID(bytes)), ephemeralKey: bytes, cipher: .aesGCM))
    }

    @Test(arguments: [
        "", "[]", "{}", "null", #"{"headers":{}"#, #"{"headers":{},"json":1}"#, #"{"headers":{},"base64":"no"}"#,
        #"{"host":1,"target":"/loki/lsrpc"}"#, #"{"host":"a"}"#, #"{"host":"a","target":"/loki/lsrpc","port":65536}"#,
        #"{"host":"a","target":"/loki/lsrpc","port":"80"}"#, #"{"host":"a","target":"/loki/lsrpc","protocol":1}"#,
        #"{"destination":"\#(key)"}"#, #"{"destination":"\#(key)00","ephemeral_key":"\#(key)"}"#,
        #"{"destination":"\#(key)","ephemeral_key":"\#(key)","enc_type":"rot13"}"#,
        #"{"destination":"\#(key)","ephemeral_key":"zz"}"#, #"{"ephemeral_key":"\#(key)"}"#,
    ])
    func `anything else is invalid`(json: String) throws {
        #expect(throws: OnionError.self) { try OnionControl.parse(Array(json.utf8)) }

        // A node says so with the key of its own layer.
        let node = OnionPathTests.nodes[0].x25519
        let client = X25519.KeyPair.generate()
        let shared = try #require(X25519.sharedSecret(secret: client.secret, publicKey: node.publicKey))
        let layer = try OnionLayerKey(.aesGCM, sharedSecret: shared, client: client.publicKey, node: node.publicKey)
        let plaintext = OnionEnvelope.wrap([1, 2, 3], control: Array(json.utf8))
        let blob = try layer.seal(plaintext, nonce: SystemRandom().bytes(12))
        let peeled = try OnionLayer.peel(blob: blob, ephemeralKey: client.publicKey, cipher: .aesGCM, secret: node)
        guard case .invalid(let replyKey, .json) = peeled else { throw VectorError("not refused") }
        let opening = try OnionReplyKey(.aesGCM, sharedSecret: shared, client: client.publicKey, node: node.publicKey)
        let reply = try replyKey.sealNodeReply(status: 400, body: "Invalid json", random: SystemRandom())
        #expect(try opening.openNodeReply(reply) == NodeReply(status: 400, body: Array("Invalid json".utf8)))
    }

    @Test(arguments: [
        #"{"ephemeral_key":"\#(key)","hop_no":-1}"#, #"{"ephemeral_key":"\#(key)","hop_no":"1"}"#, #"{"hop_no":1}"#,
        "{}",
        "", "x",
    ])
    func `an entry without what it needs is refused`(json: String) {
        let body = OnionEnvelope.wrap([1], control: Array(json.utf8))
        #expect(throws: OnionError.self) { try OnionLayer.parseEntry(body) }
    }

    @Test func `an entry says how many nodes it passed`() throws {
        let body = OnionEnvelope.wrap([1], control: Array(#"{"ephemeral_key":"\#(Self.key)","hop_no":15}"#.utf8))
        #expect(try OnionLayer.parseEntry(body).hopNumber == 15)
    }

    @Test(arguments: [[], [0], [0, 0, 0], [1, 0, 0, 0], [255, 255, 255, 255], [0, 0, 0, 128, 1]])
    func `an envelope must hold what it says`(bytes: [UInt8]) {
        #expect(throws: OnionError.malformedEnvelope) { try OnionEnvelope.split(bytes) }
    }

    @Test func `an empty blob is allowed`() throws {
        let (blob, control) = try OnionEnvelope.split([0, 0, 0, 0, 7])
        #expect(blob.isEmpty && control == [7])
    }

    @Test func `a body above the limit is not looked at`() {
        let body = [UInt8](repeating: 0, count: OnionRequest.maximumBody + 1)
        #expect(throws: OnionError.tooLarge(body.count)) { try OnionLayer.parseEntry(body) }
    }

    @Test func `a path needs nodes, and not too many`() throws {
        let node = OnionPathTests.nodes[0].node
        #expect(throws: OnionError.emptyPath) {
            try OnionRequest.build([], path: [], destination: .node(node), random: SystemRandom())
        }
        let long = [ServiceNode](repeating: node, count: 15)
        #expect(throws: OnionError.pathTooLong(15)) {
            try OnionRequest.build([], path: long, destination: .node(node), random: SystemRandom())
        }
        let payload = [UInt8](repeating: 0, count: OnionRequest.maximumBody - 50)
        #expect(throws: OnionError.self) {
            try OnionRequest.build(payload, path: [node], destination: .node(node), random: SystemRandom())
        }
    }

    @Test func `keys of small order are refused`() throws {
        let zero = [UInt8](repeating: 0, count: 32)
        let good = OnionPathTests.nodes[0].node
        let bad = try #require(
            ServiceNode(ed25519: good.ed25519, x25519: zero, address: good.address, port: good.port))
        #expect(throws: OnionError.unusableKey) {
            try OnionRequest.build([], path: [bad], destination: .node(good), random: SystemRandom())
        }
        #expect(throws: OnionError.unusableKey) {
            try OnionLayer.peel(
                blob: [UInt8](repeating: 0, count: 64), ephemeralKey: zero, cipher: .aesGCM,
                secret: OnionPathTests.nodes[0].x25519)
        }
    }
}
