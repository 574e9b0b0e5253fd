import BaseKit
import SessionWire
import SodiumKit

extension Devnet {
    /// Carries a request out on the contacted member and on all others, and collects what each of them says.
    /// - Source: network.md §4.4
    func distribute(_ call: StorageCall, from index: Int) async -> RPCReply {
        let account = call.account?.hex ?? ""
        let isFailing = faults.take([.memberQueryFailure], node: index, methods: [call.method], account: account)
        let own: MemberPart
        var members: Fields = [:]
        var results: [Fields] = []
        do throws(StorageRefusal) {
            own = try nodes[index].store.carryOut(call, context(index))
            saveChanges(index)
        } catch {
            return RPCReply(error)
        }
        var fields: Fields
        if isFailing != nil {
            fields = ["failed": true, "query_failure": true]
        } else {
            fields = sign(own, by: index, call)
            if case .store = call { fields["t"] = .int(now(at: index)) }
        }
        members[nodes[index].identity.edHex] = .object(fields)
        results.append(fields)

        var longestWait = Duration.zero
        for peer in self.members(of: nodes[index].swarmID) where peer != index {
            let (fields, wait) = forward(call, to: peer, from: index)
            members[nodes[peer].identity.edHex] = .object(fields)
            results.append(fields)
            longestWait = max(longestWait, wait)
        }
        if case .store = call { arrivals.send(account) }
        // The slowest member decides when the answer leaves; a cancelled wait only answers sooner.
        if longestWait > .zero { try? await Task.sleep(for: longestWait) }
        var reply: Fields = ["swarm": .object(members)]
        var status = 200
        switch call {
        case .store(let call): reply["hash"] = .string(call.hash.rawValue)
        case .delete(let call) where call.isRequired && !results.contains(where: \.hasDeleted): status = 404
        default: break
        }
        if results.allSatisfy({ $0["failed"] == true }) { status = 500 }
        return RPCReply(status, .object(stamped(reply, index)))
    }

    /// One other member's part, and how long it takes.
    private func forward(_ call: StorageCall, to peer: Int, from index: Int) -> (Fields, Duration) {
        let account = call.account?.hex ?? ""
        nodes[peer].sightings.note(
            Observation(role: .member, peer: nodes[index].host, method: call.method, account: account))
        guard nodes[peer].isRunning, nodes[peer].delay < options.peerTimeout else {
            return (["failed": true, "timeout": true], options.peerTimeout)
        }
        let delay = nodes[peer].delay
        if let fault = faults.take(.ofMembers, node: peer, methods: [call.method], account: account) {
            switch fault.kind {
            case .memberSilent: return (["failed": true, "timeout": true], options.peerTimeout)
            case .memberGarbles: return (["failed": true, "bad_peer_response": true], delay)
            case .memberQueryFailure: return (["failed": true, "query_failure": true], delay)
            default:
                let code = String(fault.status ?? 500)
                return (
                    ["failed": true, "code": .string(code), "reason": .string(fault.text ?? "request failed")], delay
                )
            }
        }
        do throws(StorageRefusal) {
            let result = try nodes[peer].store.carryOut(call, context(peer, isForwarded: true))
            saveChanges(peer)
            return (sign(result, by: peer, call), delay)
        } catch {
            return (["failed": true, "code": .string(String(error.status)), "reason": .string(error.text)], delay)
        }
    }

    /// A member signs its result; a lying one signs something else or with another key.
    private func sign(_ result: MemberPart, by index: Int, _ call: StorageCall) -> Fields {
        var fields = result.fields
        var signed = result.signed
        var signer = nodes[index].identity.ed25519
        if let fault = faults.take(.ofSignatures, node: index, methods: [call.method], account: call.account?.hex) {
            if fault.kind == .forgedSignature {
                signer = forger
            } else if fields["hash"] != nil {
                let wrong = random.bytes(32).base64Unpadded
                fields["hash"] = .string(wrong)
                signed = Array(wrong.utf8)
            }
        }
        fields["signature"] = .string(signer.sign(signed).base64)
        return fields
    }
}

extension Fields {
    /// A member's entry that names deleted messages.
    fileprivate var hasDeleted: Bool { self["deleted"]?.arrayValue?.isEmpty == false }
}
