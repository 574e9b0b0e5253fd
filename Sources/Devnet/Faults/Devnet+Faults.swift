import BaseKit
public import SessionWire
import SodiumKit

/// Steering: everything that can be switched while the network runs.
extension Devnet {
    // MARK: Nodes

    /// The node's port refuses connections, and other nodes cannot reach it.
    public func stopNode(_ index: Int) async throws {
        let server = try checked(index).server
        nodes[index].isRunning = false
        await server.stop()
    }

    /// The node is back, on the same port, with what it had.
    public func startNode(_ index: Int) async throws {
        try await checked(index).server.start(isPatient: true)
        nodes[index].isRunning = true
    }

    /// The node waits before it answers anything; zero ends it.
    public func slowNode(_ index: Int, _ delay: Duration) throws(DevnetError) {
        _ = try checked(index)
        nodes[index].delay = delay
    }

    /// The node accepts connections and says nothing, not even of TLS.
    public func muteNode(_ index: Int, _ isMute: Bool = true) throws(DevnetError) {
        let server = try checked(index).server
        nodes[index].isMute = isMute
        server.setMute(isMute)
    }

    /// The node's clock is off by so much.
    public func skewClock(_ index: Int, _ offset: Duration) throws(DevnetError) {
        _ = try checked(index)
        nodes[index].clockOffset = offset.milliseconds
    }

    /// The node forgets all messages.
    public func wipeNode(_ index: Int) throws(DevnetError) {
        _ = try checked(index)
        for owner in nodes[index].store.owners { nodes[index].store.remove(owner) { _ in true } }
        saveChanges(index)
    }

    /// Takes the node out of all lists and swarms, or back in. One that is `known` still relays (decommissioned);
    /// otherwise other nodes say that they have never heard of it.
    public func listNode(_ index: Int, _ isListed: Bool, isKnown: Bool = true) throws(DevnetError) {
        _ = try checked(index)
        nodes[index].isListed = isListed
        nodes[index].isKnown = isListed || isKnown
    }

    /// The node has not heard of another one, or has again.
    public func hideNode(_ hidden: Int, from index: Int, _ isHidden: Bool = true) throws(DevnetError) {
        _ = try checked(index)
        let key = try checked(hidden).identity.edHex
        if isHidden { nodes[index].unknown.insert(key) } else { nodes[index].unknown.remove(key) }
    }

    // MARK: Faults

    /// Plans a fault; returns its number.
    @discardableResult
    public func plan(_ fault: Fault) -> Int { faults.add(fault) }

    /// Makes a node fail in this way, so many times or until it is cleared.
    @discardableResult
    public func failHop(_ index: Int, _ kind: Fault.Kind, times: Int? = nil) throws(DevnetError) -> Int {
        _ = try checked(index)
        return plan(Fault(kind, node: index, times: times))
    }

    /// Answers of the node get lost: the request is carried out, the client never hears of it.
    public func dropReplies(_ index: Int, times: Int? = nil) throws(DevnetError) {
        try failHop(index, .drop, times: times)
        try failHop(index, .lostReply, times: times)
    }

    /// Answers that pass through the node are spoiled.
    public func garbleReplies(_ index: Int, times: Int? = nil) throws(DevnetError) {
        try failHop(index, .garbageReply, times: times)
    }

    public func clearFault(_ number: Int) { faults.remove(number) }
    /// Ends all planned faults, of one node or of all. Stopped and slow nodes stay as they are.
    public func clearFaults(node: Int? = nil) { faults.clear(node: node) }
    public var plannedFaults: [Int: Fault] { faults.all }

    /// Limits direct storage requests, or no longer.
    public func limitRate(_ limit: DevnetOptions.RateLimit?) { limiter = limit.map(RateLimiter.init) }

    // MARK: Swarms

    /// Moves an account to another swarm; old members then answer 421.
    /// - Parameters:
    ///   - swarm: the number of the swarm, 0… ; `nil` takes the one after the present.
    ///   - isCarrying: the messages go along.
    public func moveSwarm(_ account: AccountID, to swarm: Int? = nil, isCarrying: Bool = true) {
        let owner = Owner(account.bytes)
        guard let old = layout.swarm(of: owner) else { return }
        let target = swarm ?? ((layout.ids.firstIndex(of: old) ?? 0) + 1)
        layout.move(owner, to: target)
        guard let new = layout.swarm(of: owner), new != old else { return }
        let source = members(of: old).first { nodes[$0].isRunning }
        for index in members(of: new) where isCarrying {
            guard let source else { break }
            for namespace in nodes[source].store.namespaces(of: owner) {
                for row in nodes[source].store.rows(of: owner, namespace: namespace) {
                    nodes[index].store.put(owner, namespace: namespace, row)
                }
            }
            saveChanges(index)
        }
        for index in members(of: old) {
            nodes[index].store.remove(owner) { _ in true }
            saveChanges(index)
        }
    }

    // MARK: Seeds, time, names

    /// Stops one seed, or all.
    public func stopSeeds(_ index: Int? = nil) async {
        for (number, seed) in seeds.enumerated() where index == nil || index == number { await seed.server.stop() }
    }

    public func startSeeds(_ index: Int? = nil) async throws {
        for (number, seed) in seeds.enumerated() where index == nil || index == number {
            try await seed.server.start(isPatient: true)
        }
    }

    /// Makes seeds answer in another way.
    public func setSeedMode(_ mode: SeedMode, seed index: Int? = nil) {
        for number in seeds.indices where index == nil || index == number { seeds[number].mode = mode }
    }

    /// Moves the clock of the whole network on.
    /// - Parameter isSweeping: expired messages go at once, and not with the next sweep.
    public func advanceClock(by duration: Duration, isSweeping: Bool = true) {
        clockOffset += duration.milliseconds
        if isSweeping { sweep() }
    }

    /// Registers a name for an account, for the name service.
    public func register(_ name: String, for account: AccountID) {
        guard let entry = RegisteredName(name, account: account, nonce: random.bytes(24)) else { return }
        names[entry.hash] = entry
    }

    // MARK: Looking in

    /// What a node has seen lately, oldest first.
    public func observations(node index: Int) throws(DevnetError) -> [Observation] {
        try checked(index).sightings.latest
    }

    /// How often a node was asked for each method, and (`role:…`) in which role it was.
    public func counts(node index: Int) throws(DevnetError) -> [String: Int] { try checked(index).sightings.counts }

    /// The most connections from clients that a node has had open at the same time.
    public func mostConnections(node index: Int) throws(DevnetError) -> Int {
        try checked(index).server.mostConnections
    }

    public func clearObservations() {
        for index in nodes.indices { nodes[index].sightings.clear() }
    }
}
