import Logging
import SessionWire

extension SessionNetwork {
    var listSource: ListSource {
        ListSource(
            transport: transport, contacts: contacts, connectTimeout: options.connectTimeout,
            timeout: options.seedTimeout, minimum: options.minimumPool)
    }

    /// Makes sure that service nodes are known. A kept list is enough, however old.
    func ensurePool() async throws(NetworkError) {
        await loaded()
        guard pool.count < options.minimumPool else { return }
        try requireRunning()
        let work = poolWork ?? startPoolWork()
        // A few nodes are better than none, as long as they make a path and a destination.
        guard let error = try await waiting(for: work), pool.count <= options.hopCount + 1 else { return }
        throw error
    }

    private func startPoolWork() -> Task<NetworkError?, Never> {
        let started = generation
        let task = Task<NetworkError?, Never> { [weak self] in
            guard let self else { return .cancelled }
            let error = await self.bootstrap()
            await self.poolWorkEnded(started)
            return error
        }
        poolWork = task
        return task
    }

    private func poolWorkEnded(_ started: UInt64) {
        if started == generation { poolWork = nil }
    }

    /// Asks all seeds at once and takes the first good list; asks the static nodes when no seed has one.
    private func bootstrap() async -> NetworkError? {
        let source = listSource
        log.info("Loading the list of service nodes from seeds")
        if let nodes = await Self.first(definition.seeds, ask: { await source.list(seed: $0) }) {
            replacePool(with: nodes, keepingStrikes: false)
            return nil
        }
        guard !Task.isCancelled else { return .cancelled }
        log.notice("No seed gave a list; asking static nodes")
        let lists = await Self.all(definition.nodes, ask: { await source.list(staticNode: $0) })
        let merged = PoolQuorum.merge(lists)
        guard merged.count >= options.minimumPool else {
            return Task.isCancelled ? .cancelled : .noSeedReachable
        }
        replacePool(with: merged, keepingStrikes: false)
        return nil
    }

    /// Puts a new list in place of the old one. Nodes that it lacks leave swarms and paths.
    func replacePool(with nodes: [ServiceNode], keepingStrikes: Bool) {
        pool = NodePool(nodes: nodes, strikes: keepingStrikes ? pool.strikes : [:], updatedAt: clock.now())
        log.info("The list of service nodes was replaced", metadata: ["nodes": "\(pool.count)"])
        swarms.poolWasReplaced(by: pool)
        for id in Set(onionPaths.flatMap(\.hops).map(\.id)) where pool[id] == nil { removeFromPaths(id) }
        for id in entries.ids where pool[id] == nil { entries.forget(id) }
        for key in StateKey.allCases { save(key) }
        publish()
    }

    private static func first<Asked: Sendable, Answer: Sendable>(
        _ asked: [Asked], ask: @escaping @Sendable (Asked) async -> Answer?
    ) async -> Answer? {
        await withTaskGroup(of: Answer?.self) { group in
            for item in asked { group.addTask { await ask(item) } }
            defer { group.cancelAll() }
            for await case let answer? in group { return answer }
            return nil
        }
    }

    static func all<Asked: Sendable, Answer: Sendable>(
        _ asked: [Asked], ask: @escaping @Sendable (Asked) async -> Answer?
    ) async -> [Answer] {
        await withTaskGroup(of: Answer?.self) { group in
            for item in asked { group.addTask { await ask(item) } }
            return await group.reduce(into: []) { answers, answer in
                if let answer { answers.append(answer) }
            }
        }
    }
}
