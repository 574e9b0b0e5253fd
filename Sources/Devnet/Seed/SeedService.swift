import BaseKit
import SessionWire

extension Devnet {
    /// A block of the chain that the network claims to be at.
    static let height: Int64 = 2_000_000

    /// Answers `POST /json_rpc`.
    /// - Source: network.md §1.2
    func serveSeed(_ call: HTTPCall, seed index: Int) async -> HTTPAnswer {
        guard call.method == "POST", call.target == "/json_rpc" else {
            return .text(404, "\(call.method) \(call.target) Not Found")
        }
        guard let request = try? JSONValue.parse(call.body), request["method"]?.stringValue == "get_n_service_nodes"
        else {
            return .json(200, JSONValue.object(["jsonrpc": "2.0", "error": ["code": -32601]]).encoded())
        }
        let mode = seeds[index].mode
        if mode == .slow { try? await Task.sleep(for: .seconds(5)) }  // a cancelled wait only answers sooner
        switch mode {
        case .garbage: return .json(200, Array("[{]".utf8))
        case .failing: return .text(500, "Internal error")
        case .huge:
            var answer = HTTPAnswer.json(200, Array("{\"jsonrpc\":\"2.0\"".utf8))
            answer.ending = .flood(total: 50_000_000)
            return answer
        default: break
        }
        let states = mode == .emptyList ? [] : serviceNodeStates(request["params"]?.objectValue ?? [:], mode: mode)
        let result: JSONValue = [
            "height": .int(Self.height), "service_node_states": .array(states), "status": "OK",
        ]
        var answer = HTTPAnswer.json(
            200, JSONValue.object(["jsonrpc": "2.0", "id": .null, "result": result]).encoded())
        if mode == .wrongContentType { answer.contentType = "text/html" }
        return answer
    }

    /// The listed nodes with the fields that were asked for: an object of booleans or an array of names; without
    /// `fields`, all of them.
    func serviceNodeStates(_ parameters: Fields, mode: SeedMode = .normal) -> [JSONValue] {
        var wanted: Set<String>?
        switch parameters["fields"] {
        case .array(let names)?: wanted = Set(names.compactMap(\.stringValue))
        case .object(let flags)?: wanted = Set(flags.filter { $0.value == true }.keys)
        default: wanted = nil
        }
        let limit = parameters["limit"]?.intValue.map { max(0, $0) } ?? .max
        return nodes.filter(\.isListed).prefix(limit).map { node in
            var fields: Fields = [
                "public_ip": .string(mode == .noAddresses ? "0.0.0.0" : node.host),
                "storage_port": .int(Int64(node.port)), "storage_lmq_port": .int(Int64(node.port)),
                "pubkey_ed25519": .string(node.identity.edHex), "pubkey_x25519": .string(node.identity.xHex),
                "service_node_pubkey": .string(node.identity.legacyKey.hex), "requested_unlock_height": 0,
                "swarm_id": .number(node.swarmID), "funded": true, "active": true, "height": .int(Self.height),
            ]
            if mode == .missingKeys { for key in ["pubkey_ed25519", "pubkey_x25519"] { fields[key] = nil } }
            if let wanted { fields = fields.filter { wanted.contains($0.key) } }
            return .object(fields)
        }
    }
}
