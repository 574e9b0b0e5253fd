import BaseKit
import Devnet
import SessionWire
import Testing

@Suite("The control endpoint") struct ControlTests {
    let client: DevnetClient
    let port: Int
    init() async throws {
        client = try await DevnetClient.start()
        port = try await client.devnet.openControl()
    }

    private func command(_ fields: JSONValue, headers: [String: String] = [:]) async throws -> (Int, JSONValue) {
        var request = OneRequest(
            host: "127.0.0.1", port: port, target: "/", body: fields.encoded(), security: .none,
            timeout: DevnetClient.patience)
        request.headers = headers
        let answer = try await request.send()
        return (answer.status, (try? JSONValue.parse(answer.body)) ?? .null)
    }

    @Test func `it reports and steers`() async throws {
        let status = try await command(["command": "status"])
        #expect(status.0 == 200)
        #expect(status.1["nodes"]?.arrayValue?.count == 12)
        #expect(try await command(["command": "stop-node", "node": 1]).0 == 200)
        await #expect(throws: DevnetClient.Failure.self) { try await client.ask(5, "info", path: [0, 1, 2]) }
        #expect(try await command(["command": "start-node", "node": 1]).0 == 200)
        let planned = try await command(["command": "fault", "kind": "busy", "node": 0, "times": 1])
        #expect(planned.1["number"] == 1)
        await #expect(throws: DevnetClient.Failure.plain(503, "Server busy, try again later")) {
            try await client.ask(5, "info", path: [0, 1, 2])
        }
        _ = try await client.ask(5, "info", path: [0, 1, 2])
        let seen = try await command(["command": "observations", "node": 5])
        #expect(seen.1["counts"]?["info"] == 1)
    }

    @Test(
        arguments: [
            ["command": "dance"], [:], [], ["command": "stop-node"], ["command": "stop-node", "node": 99],
            ["command": "fault", "kind": "rain"], ["command": "messages", "account": "05"],
        ] as [JSONValue]) func `a command that makes no sense is refused`(_ fields: JSONValue) async throws
    {
        let (status, reply) = try await command(fields)
        #expect(status == 400)
        #expect(reply["error"]?.stringValue?.isEmpty == false)
    }

    @Test func `a page in a browser cannot steer it`() async throws {
        #expect(try await command(["command": "status"], headers: ["Origin": "https://example.org"]).0 == 405)
    }
}
