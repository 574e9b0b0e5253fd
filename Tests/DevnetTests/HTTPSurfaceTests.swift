import BaseKit
import Devnet
import SessionWire
import Testing

@Suite("The HTTPS surface of a node") struct HTTPSurfaceTests {
    @Test func `what a node does not know is not found`() async throws {
        let client = try await DevnetClient.start()
        let answer = try await client.direct(0, "/secret?x=1", method: "GET")
        #expect(answer.status == 404)
        #expect(answer.text == "GET /secret?x=1 Not Found")
        #expect(answer.headers["server"] != nil)
    }

    @Test func `version, ping and direct requests are answered`() async throws {
        let client = try await DevnetClient.start()
        #expect(try await client.direct(0, "/get_stats/v1", method: "GET").text == #"{"version":"2.11.3"}"#)
        #expect(try await client.direct(0, "/ping_test/v1").headers["x-oxen-snode-pubkey"] != nil)
        let info = try await client.direct(0, "/storage_rpc/v1", body: Array(#"{"method":"info","params":{}}"#.utf8))
        #expect(info.headers["content-type"] == "application/json")
        let wrong = try await client.direct(0, "/storage_rpc/v1", body: Array("[".utf8))
        #expect(wrong.status == 400)
        #expect(wrong.text == "invalid json")
        let long = try await client.direct(0, "/storage_rpc/v1", headers: ["x-loki-long-poll": "1"])
        #expect(long.status == 410)
    }

    @Test(arguments: [
        ("{}", "invalid json: no `method` field"), (#"{"method":"info"}"#, "invalid json: no `params` field"),
    ])
    func `a request needs a method and parameters`(_ body: String, _ text: String) async throws {
        let client = try await DevnetClient.start()
        let answer = try await client.direct(0, "/storage_rpc/v1", body: Array(body.utf8))
        #expect(answer.status == 400)
        #expect(answer.text == text)
    }

    @Test func `a body above ten mebibytes is refused unread`() async throws {
        let client = try await DevnetClient.start()
        let answer = try await client.direct(0, "/onion_req/v2", headers: ["Content-Length": "10485761"])
        #expect(answer.status == 413)
        #expect(answer.text == "Request body too large")
    }

    @Test func `direct requests can be limited`() async throws {
        let client = try await DevnetClient.start { $0.rateLimit = .init(burst: 2, perSecond: 0) }
        let body = Array(#"{"method":"info","params":{}}"#.utf8)
        var statuses: [Int] = []
        for _ in 0..<3 { statuses.append(try await client.direct(0, "/storage_rpc/v1", body: body).status) }
        #expect(statuses == [200, 200, 429])
    }

    @Test(arguments: [[], [1, 2, 3], [0xff, 0xff, 0xff, 0x7f, 1], Array("\u{0}\u{0}\u{0}\u{0}{}".utf8)] as [[UInt8]])
    func `an onion request that is none is told so`(_ body: [UInt8]) async throws {
        let client = try await DevnetClient.start()
        let answer = try await client.direct(0, "/onion_req/v2", body: body)
        #expect(answer.status == 400)
        #expect(answer.text.hasPrefix("Error parsing onion request: "))
    }
}
