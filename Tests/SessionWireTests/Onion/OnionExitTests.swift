import BaseKit
import Crypto
import FoundationEssentials
import SessionWire
import ShallotTestSupport
import SodiumKit
import Testing

@Suite struct OnionExitTests {
    static let server = OnionPathTests.Keys(seed: 0x20)
    static let target = OnionServer(host: "127.0.0.1", protocol: .http, port: 8080, x25519: server.x25519.publicKey)
    static let payload = V4Request(method: "GET", endpoint: "/file/123").encoded()

    private func build(_ target: OnionServer, cipher: OnionCipher = .aesGCM) throws -> OnionRequest {
        try OnionRequest.build(
            Self.payload, path: [OnionPathTests.nodes[0].node], destination: .server(target), cipher: cipher,
            random: FixedRandom([
                [UInt8](repeating: 0xa3, count: 32), [UInt8](repeating: 0xc3, count: cipher.nonceSize),
                SystemRandom().bytes(32), SystemRandom().bytes(cipher.nonceSize),
            ]))
    }

    private func peel(_ request: OnionRequest) throws -> OnionLayer.Peeled {
        try OnionLayer.peel(OnionLayer.parseEntry(request.body), secret: OnionPathTests.nodes[0].x25519)
    }

    @Test func `the exit node posts the documented bytes`() throws {
        guard case .server(let exit) = try peel(build(Self.target)) else { throw VectorError("no exit") }
        #expect(exit.host == "127.0.0.1")
        #expect(exit.port == 8080)
        #expect(exit.protocol == .http)
        #expect(exit.target == "/oxen/v4/lsrpc")
        #expect(exit.posted.count == 264)
        #expect(
            Array(SHA256.hash(data: exit.posted)).hex
                == "6cc9887225621666b2bc38edd4b4e112aabc341713c8ff28695728ed8eff7204")
    }

    @Test(arguments: OnionCipher.allCases)
    func `request and reply pass between client and server`(cipher: OnionCipher) throws {
        let request = try build(Self.target, cipher: cipher)
        guard case .server(let exit) = try peel(request) else { throw VectorError("no exit") }
        let (payload, replyKey) = try OnionLayer.open(OnionLayer.parseEntry(exit.posted), secret: Self.server.x25519)
        #expect(payload == Self.payload)
        let reply = V4Reply(status: 200, headers: ["content-type": "text/plain"], body: [1, 2, 3])
        let sealed = try replyKey.sealServerReply(reply, random: SystemRandom())
        #expect(try request.replyKey.openServerReply(sealed) == reply)
    }

    @Test(arguments: ["/not_loki/v3/lsrpc", "/loki/v3", "/loki/v3/lsrpc?foo=bar", "", "/"])
    func `another target is refused with the node's own key`(target: String) throws {
        let server = OnionServer(host: "example.org", target: target, x25519: Self.server.x25519.publicKey)
        guard case .invalid(let replyKey, let reason) = try peel(build(server)) else {
            throw VectorError("not refused")
        }
        #expect(reason == .url)
        #expect(reason.rawValue == "Invalid url")
        let sealed = try replyKey.sealNodeReply(status: 400, body: reason.rawValue, random: SystemRandom())
        #expect(!sealed.isEmpty)
    }

    @Test func `usual ports are filled in`() {
        let key = Self.server.x25519.publicKey
        #expect(OnionServer(host: "a", x25519: key).port == 443)
        #expect(OnionServer(host: "a", protocol: .http, x25519: key).port == 80)
    }

    @Test func `host names cannot break out of the JSON`() throws {
        let server = OnionServer(host: #"a","port":1,"x":""#, x25519: Self.server.x25519.publicKey)
        guard case .server(let exit) = try peel(build(server)) else { throw VectorError("no exit") }
        #expect(exit.host == #"a","port":1,"x":""#)
        #expect(exit.port == 443)
    }

    @Test(arguments: [
        "", "l", "le", "li1ee", "l2:{}", "l2:{}e", "l2:{}3:abe", "l2:{}2:ab", "l2:{}2:ab1:ce", "d2:{}2:abe", "l3:{}e",
        "l12:{\"code\":200}2:ab", "l13:{\"code\":2000}0:e", "l12:{\"code\":200}2:abei1e",
    ])
    func `a malformed list is no reply`(text: String) {
        #expect(throws: OnionError.self) { try V4Reply.parse(Array(text.utf8)) }
        #expect(throws: OnionError.self) { try V4Request.parse(Array(text.utf8)) }
    }

    @Test func `header names of a reply are lower case`() throws {
        let text = #"{"code":200,"headers":{"Content-Type":"a/b","X":1}}"#
        #expect(try V4Reply.parse(Array("l\(text.utf8.count):\(text)e".utf8)).headers == ["content-type": "a/b"])
    }

    @Test func `damaged lists never trap`() {
        let request = V4Request(method: "POST", endpoint: "/a", headers: ["X": "y"], body: [0, 1, 2]).encoded()
        for bytes in BadInput.variants(of: request) {
            _ = try? V4Request.parse(bytes)
            _ = try? V4Reply.parse(bytes)
        }
    }
}
