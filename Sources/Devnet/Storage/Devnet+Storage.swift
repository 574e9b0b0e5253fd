import BaseKit
import SessionWire
import SodiumKit

extension Devnet {
    /// Newer methods that the emulated version does not have.
    var lackingMethods: Set<String> { options.offersActiveNodesBin ? [] : ["active_nodes_bin"] }

    /// Carries a storage request out on a node: everything after the request has been decrypted and parsed.
    func perform(_ call: StorageCall, on index: Int) async -> RPCReply {
        if !faults.isEmpty, let reply = failRequest(call, on: index) { return reply }
        if let account = call.account, !isMember(index, of: Owner(account)) {
            return wrongSwarm(Owner(account), on: index)
        }
        switch call {
        case .batch(let calls): return .ok(["results": .array(await performEach(calls, on: index, stopping: false))])
        case .sequence(let calls): return .ok(["results": .array(await performEach(calls, on: index, stopping: true))])
        case .choice(let choice): return await choose(choice, on: index)
        case .store, .delete, .deleteAll, .deleteBefore, .expire, .expireAll, .revokeSubaccounts, .unrevokeSubaccounts:
            return await distribute(call, from: index)
        case .retrieve, .getExpiries, .revokedSubaccounts: return read(call, on: index)
        case .getSwarm(let account): return .ok(swarmFields(of: Owner(account), on: index))
        case .info:
            let now = JSONValue.int(now(at: index))
            return .ok(stamped(["version": integers(options.version), "timestamp": now], index))
        case .oxend(let endpoint, let parameters): return askDaemon(endpoint, parameters.objectValue ?? [:], on: index)
        case .activeNodesBin: return RPCReply(200, .binary(activeNodes()))
        }
    }

    /// Adds the node's clock and the hard fork.
    func stamped(_ fields: Fields, _ index: Int) -> Fields {
        var fields = fields
        fields["t"] = .int(now(at: index))
        fields["hf"] = integers(options.hardFork)
        return fields
    }

    func integers(_ numbers: [Int]) -> JSONValue { .array(numbers.map { .int(Int64($0)) }) }

    /// The contacted node alone answers.
    private func read(_ call: StorageCall, on index: Int) -> RPCReply {
        let store = nodes[index].store
        if let refusal = store.refusal(of: call, context(index)) { return RPCReply(refusal) }
        switch call {
        case .retrieve(let call):
            let reply = store.retrieve(call)
            var fields: Fields = ["messages": .array(reply.messages.map(\.json)), "more": .bool(reply.more)]
            if !faults.isEmpty { spoilRetrieve(&fields, call, on: index) }
            return .ok(stamped(fields, index))
        case .getExpiries(let call): return .ok(store.expiries(call))
        case .revokedSubaccounts(let call): return .ok(stamped(store.revocations(call), index))
        default: return RPCReply(500, .text("request failed"))  // the others are not answered here
        }
    }

    // MARK: Wrappers

    private func performEach(_ calls: [StorageCall], on index: Int, stopping: Bool) async -> [JSONValue] {
        var results: [JSONValue] = []
        for call in calls {
            let reply = await perform(call, on: index)
            results.append(["code": .int(Int64(reply.status)), "body": reply.embedded])
            if stopping, !(200..<300).contains(reply.status) { break }
        }
        return results
    }

    private func choose(_ choice: StorageCall.Choice, on index: Int) async -> RPCReply {
        let holds = choice.holds(hardFork: options.hardFork, version: options.version, height: Int(Self.height))
        var fields: Fields = [
            "hf": integers(options.hardFork), "v": integers(options.version), "height": .int(Self.height),
            "condition": .bool(holds),
        ]
        if let branch = holds ? choice.then : choice.otherwise {
            let reply = await perform(branch, on: index)
            fields["result"] = ["code": .int(Int64(reply.status)), "body": reply.embedded]
        }
        return .ok(fields)
    }

    // MARK: About the network

    /// - Source: network.md §2.2
    func swarmFields(of owner: Owner, on index: Int) -> Fields {
        guard let swarm = layout.swarm(of: owner) else {
            return stamped(["snodes": [], "swarm": .string(SwarmSpace.text(SwarmSpace.none))], index)
        }
        let members = members(of: swarm).map { memberFields(nodes[$0]) }
        return stamped(["snodes": .array(members), "swarm": .string(SwarmSpace.text(swarm))], index)
    }

    func memberFields(_ node: ServiceNodeState) -> JSONValue {
        [
            "address": .string(node.identity.snodeAddress), "pubkey_legacy": .string(node.identity.legacyKey.hex),
            "pubkey_x25519": .string(node.identity.xHex), "pubkey_ed25519": .string(node.identity.edHex),
            "ip": .string(node.host), "port": .string(String(node.port)), "port_https": .int(Int64(node.port)),
            "port_omq": .int(Int64(node.port)), "port_quic": .int(Int64(node.port)),
        ]
    }

    /// - Source: network.md §2.4
    func wrongSwarm(_ owner: Owner, on index: Int) -> RPCReply {
        RPCReply(421, .object(swarmFields(of: owner, on: index)))
    }

    /// - Source: network.md §4.11
    private func askDaemon(_ endpoint: String, _ parameters: Fields, on index: Int) -> RPCReply {
        let result: JSONValue
        switch endpoint {
        case "get_service_nodes":
            result = [
                "height": .int(Self.height), "block_hash": .string(String(repeating: "0", count: 64)),
                "hardfork": .int(Int64(options.hardFork.first ?? 0)),
                "snode_revision": .int(Int64(options.hardFork.last ?? 0)),
                "service_node_states": .array(serviceNodeStates(parameters)), "status": "OK",
            ]
        default:
            guard let hash = parameters["name_hash"]?.stringValue, [UInt8](base64: hash)?.count == 32 else {
                return RPCReply(400, .text("Invalid name_hash"))
            }
            let known = names[hash].map {
                ["encrypted_value": .string($0.value), "nonce": .string($0.nonce)] as Fields
            }
            result = .object(known ?? [:])
        }
        return .ok(stamped(["result": result], index))
    }

    /// - Source: network.md §4.12
    private func activeNodes() -> [UInt8] {
        ActiveNodesBin.encode(
            nodes.indices.filter { nodes[$0].isListed }.compactMap { index in
                guard let node = try? serviceNode(index) else { return nil }  // every index has one
                return ActiveNodesBin.Record(
                    node: node, quicPort: node.port, version: options.version.map { UInt8(clamping: $0) })
            })
    }
}
