import BaseKit
import SessionWire
import SodiumKit
import Testing

@testable import Devnet

@Suite("Leaving the devnet") struct ExitTests {
    /// Not where the connections of this machine begin: one of them could take the port of a server that has stopped.
    private let host = "127.8.0.1"

    /// A server that opens version 4 requests and answers with what was asked.
    private func startServer(_ keys: X25519.KeyPair) async throws -> HTTPServer {
        let server = try HTTPServer(host: host, port: 0, certificate: nil) { call in
            do {
                let entry = try OnionLayer.parseEntry(call.body)
                let (plaintext, key) = try OnionLayer.open(
                    blob: entry.blob, ephemeralKey: entry.ephemeralKey, cipher: entry.cipher, secret: keys)
                let request = try V4Request.parse(plaintext)
                let reply = V4Reply(status: 200, body: Array("\(request.method) \(request.endpoint)".utf8))
                return HTTPAnswer(status: 200, body: try key.sealServerReply(reply, random: SystemRandom()))
            } catch {
                return .text(400, "no request")
            }
        }
        try await server.start()
        return server
    }

    private func ask(
        _ client: DevnetClient, port: Int, target: String = OnionServer.v4Target, keys: X25519.KeyPair
    ) async throws -> (OneRequest.Answer, OnionReplyKey) {
        let server = OnionServer(
            host: host, target: target, protocol: .http, port: UInt16(port), x25519: keys.publicKey)
        let request = V4Request(method: "GET", endpoint: "/file/1")
        return try await client.post(request.encoded(), to: .server(server), path: [0, 1, 2])
    }

    @Test(arguments: OnionCipher.allCases) func `the last node posts to a server that is allowed`(
        _ cipher: OnionCipher
    ) async throws {
        var client = try await DevnetClient.start()
        client.cipher = cipher
        let keys = X25519.KeyPair.generate()
        let server = try await startServer(keys)
        await client.devnet.allowServer(host: host, port: server.port)
        let (answer, key) = try await ask(client, port: server.port, keys: keys)
        #expect(try key.openServerReply(answer.body).body == Array("GET /file/1".utf8))
        #expect(try await client.devnet.observations(node: 2).last?.server == "\(host):\(server.port)")
        await server.stop()
        let (broken, _) = try await ask(client, port: server.port, keys: keys)
        #expect(broken.status == 502)
    }

    @Test func `other servers are out of reach`() async throws {
        let client = try await DevnetClient.start()
        let (answer, _) = try await ask(client, port: 9, keys: X25519.KeyPair.generate())
        #expect(answer.status == 502)
    }

    @Test(arguments: ["/not_loki/v3/lsrpc", "/loki/v3", "/loki/v3/lsrpc?foo=bar"])
    func `a target that is not for onion requests is refused, sealed`(_ target: String) async throws {
        let client = try await DevnetClient.start()
        let keys = X25519.KeyPair.generate()
        let (answer, key) = try await ask(client, port: 9, target: target, keys: keys)
        #expect(answer.status == 200)
        #expect(throws: OnionError.self) { try key.openServerReply(answer.body) }
    }
}
