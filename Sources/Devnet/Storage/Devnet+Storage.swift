import BaseKit
import SessionWire
import SodiumKit

extension Devnet {
    /// Carries a storage request out on a node: everything after the request has been decrypted and parsed.
    func perform(_ named: RPCCall.Named, on index: Int) async -> RPCReply {
        if !faults.isEmpty, let reply = failRequest(named, on: index) { return reply }
        switch named.call {
        case .batch(let calls): return .ok(["results": .array(await performEach(calls, on: index, stopping: false))])
        case .sequence(let calls): return .ok(["results": .array(await performEach(calls, on: index, stopping: true))])
        case .ifElse(let call): return await choose(call, on: index)
        case .swarm(let call): return await distribute(call, from: index)
        case .retrieve(let call): return retrieve(call, on: index)
        case .getExpiries(let call):
            guard isMember(index, of: call.owner) else { return wrongSwarm(call.owner, on: index) }
            return read(index, isStamped: false) { store, context throws(RPCFailure) in try call.read(store, context) }
        case .revokedSubaccounts(let call):
            guard isMember(index, of: call.owner) else { return wrongSwarm(call.owner, on: index) }
            return read(index, isStamped: true) { store, context throws(RPCFailure) in try call.read(store, context) }
        case .getSwarm(let owner): return .ok(swarmFields(of: owner, on: index))
        case .info:
            let now = JSONValue.int(now(at: index))
            return .ok(stamped(["version": integers(options.version), "timestamp": now], index))
        case .daemon(let call): return daemon(call, on: index)
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

    private func read(
        _ index: Int, isStamped: Bool, _ body: (NodeStore, MemberContext) throws(RPCFailure) -> Fields
    ) -> RPCReply {
        do throws(RPCFailure) {
            let fields = try body(nodes[index].store, context(index, isForwarded: false))
            return .ok(isStamped ? stamped(fields, index) : fields)
        } catch {
            return RPCReply(error)
        }
    }

    private func retrieve(_ call: RetrieveCall, on index: Int) -> RPCReply {
        guard isMember(index, of: call.owner) else { return wrongSwarm(call.owner, on: index) }
        do throws(RPCFailure) {
            try call.authorize(nodes[index].store, context(index, isForwarded: false))
        } catch {
            return RPCReply(error)
        }
        let (rows, more) = call.read(nodes[index].store)
        var fields: Fields = ["messages": .array(rows.map { .object($0.fields) }), "more": .bool(more)]
        if !faults.isEmpty { spoilRetrieve(&fields, call, on: index) }
        return .ok(stamped(fields, index))
    }

    // MARK: Wrappers

    private func performEach(_ calls: [RPCCall.Named], on index: Int, stopping: Bool) async -> [JSONValue] {
        var results: [JSONValue] = []
        for call in calls {
            let reply = await perform(call, on: index)
            results.append(["code": .int(Int64(reply.status)), "body": reply.embedded])
            if stopping, !(200..<300).contains(reply.status) { break }
        }
        return results
    }

    private func choose(_ call: IfElseCall, on index: Int) async -> RPCReply {
        let holds = call.holds(hardFork: options.hardFork, version: options.version, height: Self.height)
        var fields: Fields = [
            "hf": integers(options.hardFork), "v": integers(options.version), "height": .int(Self.height),
            "condition": .bool(holds),
        ]
        if let branch = holds ? call.then : call.otherwise {
            let reply = await perform(branch, on: index)
            fields["result"] = ["code": .int(Int64(reply.status)), "body": reply.embedded]
        }
        return .ok(fields)
    }

    // MARK: About the network

    /// - Source: network.md §2.2
    func swarmFields(of owner: Owner, on index: Int) -> Fields {
        guard let swarm = layout.swarm(of: owner) else {
            return stamped(["snodes": [], "swarm": "ffffffffffffffff"], index)
        }
        let members = members(of: swarm).map { memberFields(nodes[$0]) }
        return stamped(["snodes": .array(members), "swarm": .string(String(swarm, radix: 16))], index)
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

    private func daemon(_ call: DaemonCall, on index: Int) -> RPCReply {
        let result: JSONValue
        switch call.endpoint {
        case .serviceNodes:
            result = [
                "height": .int(Self.height), "block_hash": .string(String(repeating: "0", count: 64)),
                "hardfork": .int(Int64(options.hardFork.first ?? 0)),
                "snode_revision": .int(Int64(options.hardFork.last ?? 0)),
                "service_node_states": .array(serviceNodeStates(call.parameters)), "status": "OK",
            ]
        case .resolveName:
            guard let hash = call.parameters["name_hash"]?.stringValue, [UInt8](base64: hash)?.count == 32 else {
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
        var bytes: [UInt8] = []
        for node in nodes where node.isListed {
            bytes += node.identity.ed25519.publicKey
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: node.swarmID >> (56 - 8 * $0)) }
            bytes += NodeAddress.octets(index: node.index, block: options.addressBlock)
            for port in [node.port, node.port] {
                bytes += [UInt8(truncatingIfNeeded: port >> 8), UInt8(truncatingIfNeeded: port)]
            }
            bytes += options.version.map { UInt8(clamping: $0) }
        }
        return bytes
    }
}

extension RPCReply {
    /// The body as it stands inside batches.
    var embedded: JSONValue {
        switch body {
        case .text(let text): .string(text)
        case .object(let fields): .object(fields)
        case .binary(let bytes): .string(bytes.base64)
        }
    }
}
