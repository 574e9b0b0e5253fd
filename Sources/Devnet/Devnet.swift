public import BaseKit
import Foundation
import Logging
import SessionWire
public import SodiumKit

/// A whole Session network in one process: seeds, service nodes in swarms, onion paths between them, and everything
/// that can go wrong with those. Clients reach it over real TLS sockets on loopback addresses and cannot tell.
///
/// Between nodes there are function calls instead of sockets; each node still opens only its own onion layer, knows only
/// its own neighbours and keeps only its own messages.
/// - Source: network.md §9
public actor Devnet {
    let options: DevnetOptions
    let random: any RandomSource
    let log = Log.logger("devnet")

    var nodes: [ServiceNodeState] = []
    var indexes: [String: Int] = [:]
    var layout: SwarmLayout
    var faults = FaultPlan()
    var seeds: [SeedState] = []
    /// Added to every clock, milliseconds: the virtual clock.
    var clockOffset: Int64 = 0
    var names: [String: RegisteredName] = [:]
    var allowedServers: Set<String>
    var limiter: RateLimiter?
    let stateFiles: StateFiles?
    /// Signs where a member is told to lie.
    let forger = Ed25519.KeyPair.generate()
    /// Tells which account got something new; Echo listens.
    package nonisolated let arrivals = Broadcast<String>()
    /// The control endpoint, once it is open.
    var control: HTTPServer?
    var echo: EchoContact?
    private var sweeper: Task<Void, Never>?
    private var isStarted = false

    public init(_ options: DevnetOptions = DevnetOptions(), random: any RandomSource = SystemRandom()) {
        self.options = options
        self.random = random
        layout = SwarmLayout(count: options.swarms)
        allowedServers = options.allowedServers
        limiter = options.rateLimit.map(RateLimiter.init)
        stateFiles = options.stateDirectory.map(StateFiles.init)
    }

    /// Makes or loads the nodes and opens their sockets. Twice is once.
    /// - Throws: `DevnetError`, or what the system says about sockets and files.
    public func start() async throws {
        guard !isStarted else { return }
        guard (1...2000).contains(options.nodeCount) else { throw DevnetError.badOption("nodes") }
        guard (1...options.nodeCount).contains(options.swarms) else { throw DevnetError.badOption("swarms") }
        guard NodeAddress.blocks.contains(options.addressBlock) else { throw DevnetError.badOption("address block") }
        isStarted = true
        if nodes.isEmpty { try prepare() }
        do {
            for index in nodes.indices { try await open(nodes[index].server, isFixed: stateFiles?.wasLoaded == true) }
            for index in nodes.indices { nodes[index].isRunning = true }
            for seed in seeds { try await open(seed.server, isFixed: stateFiles?.wasLoaded == true) }
            try saveNetwork()
        } catch {
            await stop()
            throw error
        }
        let interval = options.sweepInterval
        sweeper = Task { [weak self] in
            while !Task.isCancelled {
                try? await Task.sleep(for: interval)  // fails only when cancelled, which the loop looks at
                await self?.sweep()
            }
        }
        log.info("The network is up", metadata: ["nodes": "\(nodes.count)", "swarms": "\(layout.ids.count)"])
    }

    /// Closes all sockets and files. What is in memory stays; `start()` opens everything on the same ports.
    public func stop() async {
        sweeper?.cancel()
        sweeper = nil
        for index in nodes.indices { nodes[index].isRunning = false }
        for node in nodes { await node.server.stop() }
        for seed in seeds { await seed.server.stop() }
        await echo?.stop()
        echo = nil
        await control?.stop()
        control = nil
        stateFiles?.close()
        isStarted = false
    }

    /// Binds a server; a port that is taken is replaced by a free one, unless other programs rely on it.
    private func open(_ server: HTTPServer, isFixed: Bool) async throws {
        do {
            try await server.start(isPatient: isFixed)
        } catch  where server.port != 0 {
            guard !isFixed else { throw DevnetError.portTaken(server.port) }
            try await server.start(onFreePort: true)
        }
    }

    private func prepare() throws {
        let network = try loadNetwork()
        for (index, saved) in network.nodes.enumerated() {
            let identity = try NodeIdentity(saved)
            let host = NodeAddress.text(index: index, block: options.addressBlock)
            let server = try HTTPServer(host: host, port: saved.port, certificate: saved.certificate) {
                [weak self] call in
                await self?.serve(call, node: index) ?? HTTPAnswer.text(503, "shutting down")
            }
            var node = ServiceNodeState(
                index: index, identity: identity, host: host, swarmID: layout.ids[index % layout.ids.count],
                server: server)
            if let stateFiles { try stateFiles.load(&node.store, node: index) }
            nodes.append(node)
            indexes[identity.edHex] = index
        }
        for (index, saved) in network.seeds.enumerated() {
            let host = NodeAddress.seed(index, block: options.addressBlock)
            let server = try HTTPServer(host: host, port: saved.port, certificate: saved.certificate) {
                [weak self] call in
                await self?.serveSeed(call, seed: index) ?? HTTPAnswer.text(503, "shutting down")
            }
            seeds.append(SeedState(host: host, server: server, certificate: saved.certificate))
        }
    }

    // MARK: Clocks

    /// True time plus the virtual clock's offset, Unix milliseconds.
    public var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) + clockOffset }

    func now(at node: Int) -> Int64 { now + nodes[node].clockOffset }

    func context(_ node: Int, isForwarded: Bool = false) -> MemberContext {
        MemberContext(
            now: UInt64(clamping: now(at: node)), isForwarded: isForwarded,
            revocationsNeedMessages: options.revocationsNeedMessages)
    }

    /// Removes expired messages everywhere, as nodes do every ten seconds.
    public func sweep() {
        for index in nodes.indices {
            nodes[index].store.sweep(context(index))
            saveChanges(index)
        }
    }

    // MARK: Swarms

    /// The nodes of a swarm that are listed, in their order.
    func members(of swarm: UInt64) -> [Int] {
        nodes.indices.filter { nodes[$0].swarmID == swarm && nodes[$0].isListed }
    }

    func isMember(_ node: Int, of owner: Owner) -> Bool {
        nodes[node].isListed && layout.swarm(of: owner) == nodes[node].swarmID
    }

    /// Writes a node's changes down, when state is kept.
    func saveChanges(_ index: Int) {
        guard let stateFiles else { return }
        let changes = nodes[index].store.takeChanges()
        guard !changes.isEmpty else { return }
        do {
            try stateFiles.append(changes, node: index)
        } catch {
            log.error("A node's messages could not be written down")
        }
    }
}
