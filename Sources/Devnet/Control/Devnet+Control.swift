import BaseKit
import SessionWire

extension Devnet {
    /// Opens the control endpoint on 127.0.0.1; it is no part of the emulated network.
    /// - Parameter port: 0 lets the system choose.
    /// - Returns: the port in use.
    public func openControl(port: Int = 0) async throws -> Int {
        let server = try HTTPServer(host: "127.0.0.1", port: port, certificate: nil) { [weak self] call in
            await self?.serveControl(call) ?? .text(503, "shutting down")
        }
        try await server.start()
        control = server
        return server.port
    }

    private func serveControl(_ call: HTTPCall) async -> HTTPAnswer {
        // A web page in a browser must not be able to steer a network: browsers cannot leave out this header.
        guard call.method == "POST", call.headers["origin"] == nil else {
            return .text(405, "POST a JSON object with \"command\"")
        }
        do {
            guard let fields = (try? JSONValue.parse(call.body))?.objectValue else {
                throw DevnetError.badCommand("not a JSON object")
            }
            var reply = try await obey(ControlParameters(fields: fields))
            reply["ok"] = true
            return .json(200, JSONValue.object(reply).encoded())
        } catch {
            let text = (error as? DevnetError)?.description ?? "The command failed."
            return .json(400, JSONValue.object(["ok": false, "error": .string(text)]).encoded())
        }
    }

    private func obey(_ parameters: ControlParameters) async throws -> Fields {
        switch try parameters.command() {
        case .status: return statusFields()
        case .observations: return try observationFields(node: try parameters.integer("node"))
        case .clearObservations: clearObservations()
        case .messages: return messageFields(try parameters.account(), try parameters.namespace())
        case .inject:
            inject(
                try parameters.data(), for: try parameters.account(), namespace: try parameters.namespace(),
                onlyNode: parameters.optionalInteger("node"))
        case .stopNode: try await stopNode(try parameters.integer("node"))
        case .startNode: try await startNode(try parameters.integer("node"))
        case .slowNode: try slowNode(try parameters.integer("node"), try parameters.milliseconds())
        case .muteNode: try muteNode(try parameters.integer("node"), parameters.flag("on"))
        case .skewClock: try skewClock(try parameters.integer("node"), try parameters.milliseconds())
        case .wipeNode: try wipeNode(try parameters.integer("node"))
        case .listNode:
            try listNode(try parameters.integer("node"), parameters.flag("on"), isKnown: parameters.flag("known"))
        case .hideNode:
            try hideNode(
                try parameters.integer("hidden"), from: try parameters.integer("node"), parameters.flag("on"))
        case .fault:
            let fault = try parameters.fault()
            if let node = fault.node { _ = try checked(node) }
            return ["number": .int(Int64(plan(fault)))]
        case .clearFault: clearFault(try parameters.integer("number"))
        case .clearFaults: clearFaults(node: parameters.optionalInteger("node"))
        case .moveSwarm:
            moveSwarm(
                try parameters.account(), to: parameters.optionalInteger("swarm"), isCarrying: parameters.flag("carry"))
        case .stopSeeds: await stopSeeds(parameters.optionalInteger("seed"))
        case .startSeeds: try await startSeeds(parameters.optionalInteger("seed"))
        case .seedMode: setSeedMode(try parameters.seedMode(), seed: parameters.optionalInteger("seed"))
        case .advanceClock: advanceClock(by: try parameters.milliseconds(), isSweeping: parameters.flag("sweep"))
        case .sweep: sweep()
        case .registerName: register(try parameters.text("name"), for: try parameters.account())
        case .allowServer: allowServer(host: try parameters.text("host"), port: try parameters.integer("port"))
        case .limitRate: limitRate(parameters.rateLimit)
        }
        return [:]
    }

    // MARK: Reports

    private func statusFields() -> Fields {
        let nodes: [JSONValue] = nodes.map { node in
            [
                "node": .int(Int64(node.index)), "ed25519": .string(node.identity.edHex), "address": .string(node.host),
                "port": .int(Int64(node.port)), "swarm": .string(SwarmSpace.text(node.swarmID)),
                "running": .bool(node.isRunning), "listed": .bool(node.isListed), "mute": .bool(node.isMute),
                "delay": .int(node.delay.milliseconds), "clockOffset": .int(node.clockOffset),
                "messages": .int(Int64(node.store.messageCount)), "counts": countFields(node.sightings),
            ]
        }
        let seeds: [JSONValue] = seeds.map {
            ["url": .string($0.url), "mode": .string($0.mode.rawValue), "running": .bool($0.server.isListening)]
        }
        let planned: [JSONValue] = faults.all.sorted { $0.key < $1.key }.map { number, fault in
            var fields: Fields = ["number": .int(Int64(number)), "kind": .string(fault.kind.rawValue)]
            if let node = fault.node { fields["node"] = .int(Int64(node)) }
            if let times = fault.times { fields["times"] = .int(Int64(times)) }
            return .object(fields)
        }
        return ["nodes": .array(nodes), "seeds": .array(seeds), "faults": .array(planned), "now": .int(now)]
    }

    private func countFields(_ sightings: Sightings) -> JSONValue {
        .object(sightings.counts.mapValues { .int(Int64($0)) })
    }

    private func observationFields(node index: Int) throws(DevnetError) -> Fields {
        let sightings = try checked(index).sightings
        let list: [JSONValue] = sightings.latest.map { seen in
            var fields: Fields = ["role": .string(seen.role.rawValue), "peer": .string(seen.peer)]
            fields["nextHop"] = seen.nextHop.map(JSONValue.string)
            fields["server"] = seen.server.map(JSONValue.string)
            fields["method"] = seen.method.map(JSONValue.string)
            fields["account"] = seen.account.map(JSONValue.string)
            return .object(fields)
        }
        return ["observations": .array(list), "counts": countFields(sightings)]
    }

    private func messageFields(_ account: AccountID, _ namespace: Namespace) -> Fields {
        var members: Fields = [:]
        for (index, rows) in zip(swarm(of: account), messages(of: account, namespace: namespace)) {
            members[String(index)] = .array(rows.map { .string($0.hash.rawValue) })
        }
        return ["members": .object(members)]
    }
}
