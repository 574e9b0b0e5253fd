import BaseKit
import Logging
import SessionWire

extension SessionNetwork {
    /// Between two refreshes that a failure asks for.
    /// - Source: network.md §1.4
    static let shortestRefreshInterval = Duration.seconds(2)

    /// In milliseconds.
    private static let clockTolerance: UInt64 = 60_000

    /// Starts a refresh in the background when the list is old or has become short. Called when a path is used, so that
    /// an idle client does nothing.
    /// - Parameter lifetime: the age at which the list is old, the options' by default.
    func refreshPoolIfOld(lifetime: Duration? = nil) {
        let now = clock.now()
        let lifetime = UInt64(max(0, min(lifetime ?? options.poolLifetime, options.poolLifetime).milliseconds))
        // A time in the future comes from a wrong clock: old as well. A little of it is only how exactly time is measured.
        let isOld =
            pool.updatedAt > now + Self.clockTolerance
            || (now > pool.updatedAt && now - pool.updatedAt > lifetime)
        guard isOld || pool.count < options.minimumPool, refreshWork == nil, mayRefresh(after: options.poolRetry) else {
            return
        }
        _ = startRefresh()
    }

    /// Refreshes now, for somebody who waits for it. Does nothing when that was done a moment ago.
    func refreshPoolNow() async throws(NetworkError) {
        guard refreshWork != nil || mayRefresh(after: Self.shortestRefreshInterval) else { return }
        _ = try await waiting(for: refreshWork ?? startRefresh())
    }

    private func startRefresh() -> Task<NetworkError?, Never> {
        lastRefresh = .now
        let started = generation
        let task = Task<NetworkError?, Never> { [weak self] in
            guard let self else { return .cancelled }
            let error = await self.refreshPool()
            await self.refreshEnded(started)
            return error
        }
        refreshWork = task
        return task
    }

    private func refreshEnded(_ started: UInt64) {
        if started == generation { refreshWork = nil }
    }

    private func mayRefresh(after interval: Duration) -> Bool {
        lastRefresh.map { .now - $0 >= interval } ?? true
    }

    /// Asks three nodes in distinct /24 networks through onion paths and takes what two of them agree on. Without three
    /// answers the seeds are asked.
    private func refreshPool() async -> NetworkError? {
        let asked = bystanders(PoolQuorum.asked)
        let lists = await Self.all(asked) { [weak self] node in await self?.list(from: node) }
        guard !Task.isCancelled else { return .cancelled }
        var merged = PoolQuorum.merge(lists)
        var isFromSeed = false
        if merged.count < options.minimumPool {
            guard let nodes = await seedList() else { return .noSeedReachable }
            merged = nodes
            isFromSeed = true
        }
        switch quorum.judge(merged, oldCount: pool.count, minimum: options.minimumPool) {
        case .accepted:
            replacePool(with: merged, keepingStrikes: !isFromSeed)
            return nil
        case .tooSmall: return .badReply("the list of service nodes is too short")
        case .needsSecondRound:
            log.notice(
                "A list of service nodes is less than half of the old one", metadata: ["nodes": "\(merged.count)"])
            return .badReply("the list of service nodes shrank by more than half")
        }
    }

    private func seedList() async -> [ServiceNode]? {
        let source = listSource
        for seed in definition.seeds {
            if let nodes = await source.list(seed: seed) { return nodes }
        }
        return nil
    }

    /// One node's list: the compact one with swarm ids, or from older nodes the JSON one.
    private func list(from node: ServiceNode) async -> [ServiceNode]? {
        let timeout = options.requestTimeout
        // Whatever goes wrong, there are two other nodes.
        guard let reply = try? await exchange(StorageRequest.activeNodesBin.encoded(), to: node, timeout: timeout)
        else {
            return nil
        }
        if (200..<300).contains(reply.status) {
            let text = String(decoding: reply.body, as: UTF8.self)
            return await Self.offActor { (try? ActiveNodesBin.parse(base64: text))?.map(\.node) }  // bad list: none
        }
        guard let reply = try? await exchange(StorageRequest.serviceNodes.encoded(), to: node, timeout: timeout),
            (200..<300).contains(reply.status)
        else { return nil }
        return await Self.offActor { try? ServiceNodeList(StorageReply.parse(reply.body)).nodes }
    }

    /// Runs work that takes a while where it keeps nobody else waiting.
    nonisolated static func offActor<Value: Sendable>(_ work: @Sendable () -> Value) async -> Value { work() }
}
