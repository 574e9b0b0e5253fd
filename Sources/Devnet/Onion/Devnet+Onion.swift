import BaseKit
import SessionWire

/// What comes back along a path: never read by the nodes in between.
struct HopReply: Sendable {
    var status: Int
    var body: [UInt8]

    init(_ status: Int, _ body: [UInt8]) {
        self.status = status
        self.body = body
    }

    init(_ failure: OnionFailure) {
        self.init(failure.status, Array(failure.text.utf8))
    }
}

/// What one node passes to the next.
struct HopRequest: Sendable {
    var blob: [UInt8]
    var ephemeralKey: [UInt8]
    var cipher: OnionCipher
    var hopNumber: Int
    /// Whom the node takes for the sender: the address of the node before, or of the client.
    var peer: String
}

extension Devnet {
    /// Answers `POST /onion_req/v2` as an entry node.
    /// - Source: network.md §3.7
    func serveOnion(_ call: HTTPCall, node index: Int) async -> HTTPAnswer {
        let entry: OnionEntry
        do throws(OnionError) {
            entry = try OnionLayer.parseEntry(call.body)
        } catch {
            let failure = OnionFailure.unparsable(error.description)
            return .text(failure.status, failure.text)
        }
        let request = HopRequest(
            blob: entry.blob, ephemeralKey: entry.ephemeralKey, cipher: entry.cipher, hopNumber: entry.hopNumber,
            peer: call.peer)
        let reply = await hop(request, at: index, isEntry: true)
        var answer = HTTPAnswer(status: reply.status, contentType: "text/plain", body: reply.body)
        if let fault = faults.take(.ofConnections, node: index, role: .entry) { spoil(&answer, fault) }
        return answer
    }

    /// One node's part: open the layer, do what it says, hand the answer back.
    func hop(_ request: HopRequest, at index: Int, isEntry: Bool) async -> HopReply {
        let node = nodes[index]
        if node.delay > .zero { try? await Task.sleep(for: node.delay) }  // a cancelled wait only answers sooner
        guard request.hopNumber <= OnionRequest.maximumHops else { return HopReply(.tooManyHops) }

        let peeled: OnionLayer.Peeled
        do throws(OnionError) {
            peeled = try OnionLayer.peel(
                blob: request.blob, ephemeralKey: request.ephemeralKey, cipher: request.cipher,
                secret: node.identity.x25519)
        } catch {
            note(Observation(role: isEntry ? .entry : .relay, peer: request.peer), at: index)
            return HopReply(.invalidCiphertext)
        }
        let role = role(in: peeled, isEntry: isEntry)
        if let reply = await failHop(at: index, role: role, peeled) {
            note(Observation(role: role, peer: request.peer), at: index)
            return reply
        }
        var reply: HopReply
        switch peeled {
        case .invalid(let key, let reason):
            note(Observation(role: role, peer: request.peer), at: index)
            reply = seal(RPCReply(400, .text(reason.rawValue)), key)
        case .final(let body, let key, let wantsJSON, let wantsBase64):
            if isEntry { note(Observation(role: .entry, peer: request.peer), at: index) }
            reply = await answer(body, key, wantsJSON, wantsBase64, at: index, peer: request.peer)
        case .server(let exit):
            note(Observation(role: role, peer: request.peer, server: "\(exit.host):\(exit.port)"), at: index)
            reply = await leave(exit)
        case .relay(let next, let body, let ephemeralKey, let cipher):
            note(Observation(role: role, peer: request.peer, nextHop: next.description), at: index)
            let onward = HopRequest(
                blob: body, ephemeralKey: ephemeralKey, cipher: cipher, hopNumber: request.hopNumber + 1,
                peer: node.host)
            reply = await forward(onward, to: next, from: index)
        }
        reply.status = OnionFailure.relayed(status: reply.status)
        if !faults.isEmpty { spoilReply(&reply, at: index, role: role) }
        return reply
    }

    private func forward(_ request: HopRequest, to next: ServiceNodeID, from index: Int) async -> HopReply {
        let hex = next.description
        guard let target = indexes[hex], !nodes[index].unknown.contains(hex), nodes[target].isKnown else {
            return HopReply(.nextNodeNotFound(next))
        }
        guard nodes[target].isRunning else { return HopReply(.nextNodeUnreachable(next)) }
        guard !nodes[target].isMute, nodes[target].delay < options.hopTimeout else {
            try? await Task.sleep(for: options.hopTimeout)  // a cancelled wait only answers sooner
            return HopReply(.timedOut)
        }
        return await hop(request, at: target, isEntry: false)
    }

    private func answer(
        _ body: [UInt8], _ key: OnionPeelKey, _ wantsJSON: Bool, _ wantsBase64: Bool, at index: Int, peer: String
    ) async -> HopReply {
        let reply: RPCReply
        do throws(StorageRefusal) {
            let call = try StorageCall.parse(body, lacking: lackingMethods)
            note(call, role: .destination, peer: peer, at: index)
            reply = await perform(call, on: index)
            let methods = call.allMethods
            if faults.take([.lostReply], node: index, methods: methods, account: call.firstSubject?.hex) != nil {
                return HopReply(.timedOut)
            }
            if let fault = faults.take(.ofDestinations, node: index, role: .destination, methods: methods) {
                return spoilDestination(fault, key)
            }
        } catch {
            note(Observation(role: .destination, peer: peer), at: index)
            reply = RPCReply(error)
        }
        return seal(reply, key, json: wantsJSON, base64: wantsBase64)
    }

    /// The answer of a destination; it is 200 outside whatever it is inside.
    private func seal(_ reply: RPCReply, _ key: OnionPeelKey, json: Bool = false, base64: Bool = true) -> HopReply {
        do throws(OnionError) {
            let sealed =
                switch reply.embedded {
                case .string(let text):
                    try key.sealNodeReply(status: reply.status, body: text, json: json, base64: base64, random: random)
                case let value:
                    try key.sealNodeReply(status: reply.status, body: value, json: json, base64: base64, random: random)
                }
            return HopReply(200, sealed)
        } catch {
            return HopReply(500, Array("request failed".utf8))
        }
    }

    private func role(in peeled: OnionLayer.Peeled, isEntry: Bool) -> Observation.Role {
        if isEntry { return .entry }
        return switch peeled {
        case .relay, .invalid: .relay
        case .final: .destination
        case .server: .exit
        }
    }

    // MARK: What a node has seen

    func note(_ observation: Observation, at index: Int) {
        nodes[index].sightings.note(observation)
    }

    /// Notes a storage request, and each part of a batch.
    func note(_ call: StorageCall, role: Observation.Role, peer: String, at index: Int) {
        for part in call.parts {
            note(Observation(role: role, peer: peer, method: part.method, account: part.subject?.hex), at: index)
        }
    }
}
