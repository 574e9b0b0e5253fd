import BaseKit
import SessionWire

extension Devnet {
    /// Everything that a node's HTTPS port answers.
    /// - Source: network.md §3.6
    func serve(_ call: HTTPCall, node index: Int) async -> HTTPAnswer {
        let path = call.target.prefix { $0 != "?" }
        switch (call.method, path) {
        case ("POST", "/onion_req/v2"):
            return await serveOnion(call, node: index)
        case ("POST", "/storage_rpc/v1"):
            return await serveStorage(call, node: index)
        case ("GET", "/get_stats/v1"):
            let version = options.version.map(String.init).joined(separator: ".")
            return .json(200, JSONValue.object(["version": .string(version)]).encoded())
        case ("POST", "/ping_test/v1"):
            var answer = HTTPAnswer(status: 200, body: [])
            answer.headers = [("X-Oxen-Snode-Pubkey", nodes[index].identity.legacyKey.base64)]
            return answer
        default:
            return .text(404, "\(call.method) \(call.target) Not Found")
        }
    }

    /// A storage request without onion layers.
    private func serveStorage(_ call: HTTPCall, node index: Int) async -> HTTPAnswer {
        guard call.headers["x-loki-long-poll"] == nil else { return .text(410, "long polling is not supported") }
        guard call.peer.contains(".") else { return .text(400, "IPv4 only") }
        if limiter?.admit(call.peer, now: now) == false { return .text(429, "Too many requests") }
        if nodes[index].delay > .zero {
            try? await Task.sleep(for: nodes[index].delay)  // a cancelled wait only answers sooner
        }
        let reply: RPCReply
        do throws(StorageRefusal) {
            let request = try StorageCall.parse(call.body, lacking: lackingMethods)
            note(request, role: .direct, peer: call.peer, at: index)
            reply = await perform(request, on: index)
        } catch {
            reply = RPCReply(error)
        }
        var answer =
            switch reply.body {
            case .text(let text): HTTPAnswer.text(reply.status, text)
            case .object(let fields): HTTPAnswer.json(reply.status, JSONValue.object(fields).encoded())
            case .binary(let bytes):
                HTTPAnswer(status: reply.status, contentType: "application/octet-stream", body: bytes)
            }
        if let fault = faults.take(.ofConnections, node: index, role: .direct) { spoil(&answer, fault) }
        return answer
    }
}
