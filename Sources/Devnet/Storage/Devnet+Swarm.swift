import BaseKit
import SessionWire
import SodiumKit

extension Devnet {
    /// Carries a request out on the contacted member and on all others, and collects what each of them says.
    /// - Source: network.md §4.4
    func distribute(_ call: any SwarmCall, from index: Int) async -> RPCReply {
        guard isMember(index, of: call.owner), let swarm = layout.swarm(of: call.owner) else {
            return wrongSwarm(call.owner, on: index)
        }
        let isFailing = faults.take([.memberQueryFailure], node: index, methods: [call.method], account: call.owner.hex)
        let own: MemberResult
        var members: Fields = [:]
        var results: [Fields] = []
        do throws(RPCFailure) {
            own = try call.perform(on: &nodes[index].store, context(index, isForwarded: false))
            saveChanges(index)
        } catch {
            return RPCReply(error)
        }
        var fields: Fields
        if isFailing != nil {
            fields = ["failed": true, "query_failure": true]
        } else {
            fields = sign(own, by: index, call)
            if call.method == "store" { fields["t"] = .int(now(at: index)) }
        }
        members[nodes[index].identity.edHex] = .object(fields)
        results.append(fields)

        var longestWait = Duration.zero
        for peer in self.members(of: swarm) where peer != index {
            let (fields, wait) = forward(call, to: peer, from: index)
            members[nodes[peer].identity.edHex] = .object(fields)
            results.append(fields)
            longestWait = max(longestWait, wait)
        }
        announce(call)
        // The slowest member decides when the answer leaves; a cancelled wait only answers sooner.
        if longestWait > .zero { try? await Task.sleep(for: longestWait) }
        var reply: Fields = ["swarm": .object(members)]
        var status = call.finish(&reply, own: own, members: results)
        if results.allSatisfy({ $0["failed"] == true }) { status = 500 }
        return RPCReply(status, .object(stamped(reply, index)))
    }

    /// One other member's part, and how long it takes.
    private func forward(_ call: any SwarmCall, to peer: Int, from index: Int) -> (Fields, Duration) {
        let account = call.owner.hex
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
        do throws(RPCFailure) {
            let result = try call.perform(on: &nodes[peer].store, context(peer, isForwarded: true))
            saveChanges(peer)
            return (sign(result, by: peer, call), delay)
        } catch {
            return (["failed": true, "code": .string(String(error.status)), "reason": .string(error.text)], delay)
        }
    }

    /// A member signs its result; a lying one signs something else or with another key.
    private func sign(_ result: MemberResult, by index: Int, _ call: any SwarmCall) -> Fields {
        var fields = result.fields
        var signed = result.signed
        var signer = nodes[index].identity.ed25519
        if let fault = faults.take(.ofSignatures, node: index, methods: [call.method], account: call.owner.hex) {
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

    private func announce(_ call: any SwarmCall) {
        if call.method == "store" { arrivals.send(call.owner.hex) }
    }
}
