import BaseKit
import SessionWire
import SodiumKit

/// Where the planned faults strike.
extension Devnet {
    /// A hop that fails instead of doing its part.
    func failHop(at index: Int, role: Observation.Role, _ peeled: OnionLayer.Peeled) async -> HopReply? {
        guard let fault = faults.take(.ofHops, node: index, role: role) else { return nil }
        var next = ServiceNodeID(nodes[index].identity.ed25519.publicKey)
        if case .relay(let node, _, _, _) = peeled { next = node }
        switch fault.kind {
        case .nextNodeNotFound: return next.map { HopReply(.nextNodeNotFound($0)) }
        case .nextNodeUnreachable: return next.map { HopReply(.nextNodeUnreachable($0)) }
        case .notReady: return HopReply(.notReady(fault.text ?? "not in any swarm"))
        case .nodeNotReady:
            return HopReply(.nodeNotReady(ServiceNodeID(nodes[index].identity.ed25519.publicKey)))
        case .busy: return HopReply(.busy)
        case .timeout:
            try? await Task.sleep(for: options.hopTimeout)  // a cancelled wait only answers sooner
            return HopReply(.timedOut)
        case .invalidResponse: return HopReply(.invalidResponse)
        case .invalidCiphertext: return HopReply(.invalidCiphertext)
        default: return HopReply(fault.status ?? 500, Array((fault.text ?? "").utf8))
        }
    }

    /// A hop that spoils what it hands back.
    func spoilReply(_ reply: inout HopReply, at index: Int, role: Observation.Role) {
        guard let fault = faults.take(.ofReplies, node: index, role: role) else { return }
        reply.status = 200
        switch fault.kind {
        case .garbageReply: reply.body = Array(random.bytes(300).base64.utf8)
        case .truncatedReply: reply.body = Array(reply.body.prefix(reply.body.count / 2))
        case .flippedReply:
            let middle = reply.body.count / 2
            // Stays a letter of base64, so that the ciphertext is wrong and not its encoding.
            if reply.body.indices.contains(middle) {
                reply.body[middle] = reply.body[middle] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            }
        case .emptyReply: reply.body = []
        default: reply.body = Array("<html><body>Welcome</body></html>".utf8)
        }
    }

    /// A connection that misbehaves.
    func spoil(_ answer: inout HTTPAnswer, _ fault: Fault) {
        switch fault.kind {
        case .hugeReply:
            answer.status = 200
            answer.ending = .flood(total: 50_000_000)
        case .endlessReply: answer.ending = .endless
        case .wrongContentType: answer.contentType = "video/mp4"
        case .cutReply: answer.ending = .cut(after: answer.body.count / 2)
        case .hang: answer.ending = .hang
        default: answer.ending = .drop
        }
    }

    /// A destination that encrypts the wrong thing, or for the wrong client.
    func spoilDestination(_ fault: Fault, _ key: OnionPeelKey) -> HopReply {
        switch fault.kind {
        case .wrongKeyReply: return HopReply(200, Array(random.bytes(200).base64.utf8))
        default:
            guard let sealed = try? key.seal(Array("this is not JSON".utf8), random: random) else {
                return HopReply(.invalidResponse)
            }
            return HopReply(200, Array(sealed.base64.utf8))
        }
    }

    /// A storage request that is refused although nothing is wrong with it.
    func failRequest(_ call: StorageCall, on index: Int) -> RPCReply? {
        guard
            let fault = faults.take(.ofRequests, node: index, methods: [call.method], account: call.subject?.hex)
        else { return nil }
        if fault.kind == .rpcStatus { return RPCReply(fault.status ?? 500, .text(fault.text ?? "request failed")) }
        guard let owner = call.subject else { return nil }
        var fields = swarmFields(of: owner, on: index)
        switch fault.kind {
        case .wrongSwarmEmpty: fields["snodes"] = []
        case .wrongSwarmMalformed: fields = ["snodes": "none", "swarm": 7]
        case .wrongSwarmUnknownNodes:
            fields["snodes"] = .array((0..<6).map { unknownMember($0) })
        default: break
        }
        return RPCReply(421, .object(fields))
    }

    /// A node that exists nowhere.
    private func unknownMember(_ number: Int) -> JSONValue {
        let key = random.bytes(32).hex
        return [
            "address": "unknown.snode", "pubkey_legacy": .string(key), "pubkey_x25519": .string(key),
            "pubkey_ed25519": .string(key), "ip": .string("127.200.\(number).1"), "port": "1", "port_https": 1,
            "port_omq": 1, "port_quic": 1,
        ]
    }

    /// A retrieve that returns what it should not.
    func spoilRetrieve(_ fields: inout Fields, _ call: StorageCall.Retrieve, on index: Int) {
        let asked = Owner(call.credentials.account)
        guard
            let fault = faults.take(.ofRetrieves, node: index, methods: ["retrieve"], account: asked.hex),
            var messages = fields["messages"]?.arrayValue
        else { return }
        switch fault.kind {
        case .foreignMessages:
            for owner in nodes[index].store.owners where owner != asked {
                let rows = nodes[index].store.rows(of: owner, namespace: call.namespace)
                messages += rows.map(\.message.json)
            }
        case .repeatedMessages: messages = (messages + messages).reversed()
        case .endlessMore: fields["more"] = true
        default:
            messages = messages.map { message in
                guard var parts = message.objectValue, let text = parts["data"]?.stringValue,
                    var data = [UInt8](base64: text), !data.isEmpty
                else { return message }
                data[data.count / 2] ^= 0x20
                parts["data"] = .string(data.base64)
                return .object(parts)
            }
        }
        fields["messages"] = .array(messages)
    }
}
