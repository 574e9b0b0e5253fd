import SessionWire
import Testing

@Suite struct OnionFailureTests {
    static let hex = String(repeating: "5c", count: 32)
    static let node = ServiceNodeID(hex: hex)

    static var rows: [(Int, String, OnionFailure)] {
        guard let node else { return [] }
        return [
            (400, "Error parsing onion request: bad key", .unparsable("bad key")),
            (400, "Invalid ciphertext", .invalidCiphertext),
            (400, "onion request max path length exceeded", .tooManyHops),
            (400, "Invalid internal onion request: no data", .unparsableInside("no data")),
            (413, "Request body too large", .bodyTooLarge),
            (500, "Invalid response from snode", .invalidResponse),
            (502, "Next node not found: \(hex)", .nextNodeNotFound(node)),
            (502, "Next node is currently unreachable: \(hex)", .nextNodeUnreachable(node)),
            (502, "Bad Gateway", .badGateway),
            (
                503, "Service node is not ready: not in any swarm; shutting down\n",
                .notReady("not in any swarm; shutting down")
            ),
            (503, "Snode not ready: \(hex)", .nodeNotReady(node)),
            (503, "Snode not ready", .nodeNotReady(nil)),
            (503, "Server busy, try again later", .busy),
            (504, "Request time out", .timedOut),
        ]
    }

    @Test(arguments: rows)
    func `every text of network.md §3.7 is read and written`(status: Int, text: String, failure: OnionFailure) {
        #expect(OnionFailure.read(status: status, body: Array(text.utf8)) == failure)
        #expect(failure.status == status)
        #expect(failure.text == text)
        #expect(!failure.description.contains(Self.hex))
    }

    @Test func `no row is missing`() { #expect(Self.rows.count == 14) }

    @Test(
        arguments: [
            (400, "something else", .other(400)), (401, "", .other(401)), (406, "clock", .other(406)),
            (421, "{\"snodes\":[]}", .other(421)), (500, "", .other(500)),
            (502, "Next node not found: 5c", .badGateway),
            (502, "<html>", .badGateway), (503, "", .other(503)), (504, "upstream", .timedOut), (200, "x", .other(200)),
        ] as [(Int, String, OnionFailure)])
    func `other texts keep their status and are not trusted further`(status: Int, text: String, failure: OnionFailure) {
        #expect(OnionFailure.read(status: status, body: Array(text.utf8)) == failure)
    }

    @Test func `long and binary texts are harmless`() {
        let noise = [UInt8](repeating: 0xff, count: 1_000_000)
        #expect(OnionFailure.read(status: 502, body: noise) == .badGateway)
        #expect(OnionFailure.read(status: 503, body: noise) == .other(503))
    }

    @Test func `relays pass only known statuses on`() {
        #expect(OnionFailure.relayed(status: 421) == 421)
        #expect(OnionFailure.relayed(status: 302) == 500)
        #expect(OnionFailure.relayed(status: 201) == 500)
    }
}
