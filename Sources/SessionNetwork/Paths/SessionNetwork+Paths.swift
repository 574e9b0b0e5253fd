import SessionWire

extension SessionNetwork {
    /// New entry nodes tried for one path before giving up.
    private static let entryAttempts = 4

    /// A path that does not hold the destination; builds what is missing. Returns as soon as one path can be used.
    /// - Parameter avoided: paths to use only when there is no other.
    func path(for destination: ServiceNode?, avoiding avoided: Set<UInt64> = []) async throws(NetworkError) -> OnionPath
    {
        try requireRunning()
        try await ensurePool()
        refreshPoolIfOld()
        for _ in 0...options.pathCount {
            if let path = choose(for: destination, avoiding: avoided) {
                if onionPaths.count < options.pathCount, mayBuildPath { _ = pathWork ?? startPathWork() }
                rotateIfOld(path)
                return path
            }
            guard onionPaths.count < options.pathCount else { break }
            let work = pathWork ?? startPathWork()
            if let error = try await waiting(for: work), onionPaths.isEmpty { throw error }
            try requireRunning()
        }
        if let path = choose(for: destination, avoiding: []) { return path }
        if let destination, let path = detour(around: destination) { return path }
        throw .noPath
    }

    /// While one path works, another is not tried again and again: every new entry node learns our address.
    private var mayBuildPath: Bool {
        lastPathFailure.map { .now - $0 >= options.entryRetry } ?? true
    }

    /// The best path: not in the destination's /24, fewest failures, least busy.
    private func choose(for destination: ServiceNode?, avoiding avoided: Set<UInt64>) -> OnionPath? {
        let usable = onionPaths.filter { path in
            !avoided.contains(path.id) && !(destination.map { path.contains($0.id) } ?? false)
        }
        func rank(_ path: OnionPath) -> (Int, Int, Int) {
            let isNear = destination.map { path.shares(subnet: $0.address.subnet24) } ?? false
            return (isNear && options.separatesSubnets ? 1 : 0, path.failures, path.inFlight)
        }
        guard let best = usable.map(rank).min(by: <) else { return nil }
        var generator = SourceGenerator(random)
        return usable.filter { rank($0) == best }.randomElement(using: &generator)
    }

    /// For a destination that lies on every path: a path of its own behind one of the entry nodes, not kept.
    private func detour(around destination: ServiceNode) -> OnionPath? {
        guard let model = onionPaths.first(where: { $0.entry?.id != destination.id }), let entry = model.entry,
            let rest = picker.hops(
                behind: entry, count: options.hopCount - 1, from: pool, otherPaths: [], destination: destination)
        else { return nil }
        return newPath([entry] + rest)
    }

    /// Any nodes in distinct networks to ask something that every node can answer; while there is choice, none that a
    /// path goes through.
    func bystanders(_ count: Int, excluding excluded: Set<ServiceNodeID> = []) -> [ServiceNode] {
        let hops = Set(onionPaths.flatMap(\.hops).map(\.id))
        let chosen = picker.pick(count, from: pool.nodes.values, excluding: excluded.union(hops))
        return chosen.count == count ? chosen : picker.pick(count, from: pool.nodes.values, excluding: excluded)
    }

    private func newPath(_ hops: [ServiceNode]) -> OnionPath {
        defer { nextPathID += 1 }
        return OnionPath(id: nextPathID, hops: hops, at: .now)
    }

    // MARK: Building

    /// Builds one path; when more are missing, goes on without anybody waiting.
    private func startPathWork() -> Task<NetworkError?, Never> {
        let started = generation
        let task = Task<NetworkError?, Never> { [weak self] in
            guard let self else { return .cancelled }
            let error = await self.buildPath()
            await self.pathWorkEnded(started, error)
            return error
        }
        pathWork = task
        return task
    }

    private func pathWorkEnded(_ started: UInt64, _ error: NetworkError?) {
        guard started == generation else { return }
        pathWork = nil
        lastPathFailure = error == nil ? nil : .now
        publish()
        if error == nil, onionPaths.count < options.pathCount { _ = startPathWork() }
    }

    private func buildPath() async -> NetworkError? {
        var tried: Set<ServiceNodeID> = []
        for _ in 0..<Self.entryAttempts {
            guard let (entry, isKept) = nextEntry(excluding: tried) else { return .noPath }
            tried.insert(entry.id)
            if !isKept {
                let start = ContinuousClock.now
                do throws(ExchangeFault) {
                    try await courier.probe(entry, timeout: options.probeTimeout)
                } catch {
                    guard error != .cancelled, !Task.isCancelled else { return .cancelled }
                    entries.rest(entry.id, until: .now + options.entryRetry)
                    for id in blame.judge([entry.id], since: start, at: .now) { strike(id) }
                    continue
                }
                guard !Task.isCancelled else { return .cancelled }
                for id in blame.contact(at: .now) { strike(id) }
                entries.wake(entry.id)
                entries.keep(entry.id)
                save(.entries)
            }
            guard
                let rest = picker.hops(
                    behind: entry, count: options.hopCount - 1, from: pool, otherPaths: [taken(besides: nil)])
            else { return .noPath }
            onionPaths.append(newPath([entry] + rest))
            return nil
        }
        return .noPath
    }

    /// The entry node for the next path: a kept one that does not rest, else a new one, else a kept one that rests.
    /// A kept one has proved itself and is not asked again, unless it has failed since; the first request through it
    /// shows.
    private func nextEntry(excluding tried: Set<ServiceNodeID>) -> (ServiceNode, isKept: Bool)? {
        let now = ContinuousClock.now
        let used = Set(onionPaths.compactMap { $0.entry?.id })
        let kept = entries.ids.filter { !used.contains($0) && !tried.contains($0) }.compactMap { pool[$0] }
        if let entry = kept.first(where: { !entries.isResting($0.id, at: now) }) {
            return (entry, entries.isProven(entry.id))
        }
        let busy = Set(onionPaths.flatMap(\.hops).map(\.id))
        let fresh = pool.nodes.values.filter { pool.strikes[$0.id] == nil && !entries.isResting($0.id, at: now) }
        let subnets = Set(onionPaths.flatMap(\.hops).map(\.address.subnet24))
        let excluded = busy.union(tried).union(entries.ids)
        if let entry = picker.pick(1, from: fresh, excluding: excluded, subnets: subnets).first {
            return (entry, false)
        }
        if let entry = kept.first { return (entry, false) }
        return picker.pick(1, from: pool.nodes.values, excluding: used.union(tried)).first.map { ($0, false) }
    }

    /// Nodes to stay apart from behind an entry node: those of the other paths, and those that may begin another one.
    /// - Parameter pathID: the path that is to change; its own entry node is its own business.
    private func taken(besides pathID: UInt64?) -> [ServiceNode] {
        let own = onionPaths.first { $0.id == pathID }?.entry?.id
        let others = onionPaths.filter { $0.id != pathID }.flatMap(\.hops)
        return others + entries.ids.filter { $0 != own }.compactMap { pool[$0] }
    }

    // MARK: Repairing

    /// The node is gone: paths that begin with it end, others get a new hop in its place.
    func removeFromPaths(_ id: ServiceNodeID) {
        onionPaths.removeAll { $0.entry?.id == id }
        for path in onionPaths where path.contains(id) { replaceHop(id, in: path.id) }
    }

    /// Puts another node in the place of a hop behind the entry node; without one, the path ends.
    func replaceHop(_ id: ServiceNodeID, in pathID: UInt64) {
        guard let index = onionPaths.firstIndex(where: { $0.id == pathID }),
            let place = onionPaths[index].hops.firstIndex(where: { $0.id == id }), place > 0,
            let entry = onionPaths[index].entry
        else { return }
        let rest = onionPaths[index].hops.dropFirst().filter { $0.id != id }
        let others = [taken(besides: pathID), Array(rest)]
        let excluded = Set(rest.map(\.id)).union([id])
        guard
            let node = picker.hops(behind: entry, count: 1, from: pool, otherPaths: others, excluding: excluded)?.first,
            !options.separatesSubnets || !rest.contains(where: { $0.address.subnet24 == node.address.subnet24 })
        else {
            onionPaths.remove(at: index)
            return
        }
        onionPaths[index].hops[place] = node
    }

    // MARK: Rotating

    /// Replaces the hops behind the entry node of a path that has been used for long, once the new ones have proved to
    /// work. Requests on their way keep the old ones.
    private func rotateIfOld(_ path: OnionPath) {
        guard !path.isRotating, .now - path.hopsChosenAt > options.pathLifetime, let entry = path.entry else { return }
        let others = taken(besides: path.id)
        guard
            let rest = picker.hops(
                behind: entry, count: options.hopCount - 1, from: pool, otherPaths: [others],
                excluding: Set(path.hops.map(\.id)))
        else { return }
        change(path.id) { $0.isRotating = true }
        let candidate = newPath([entry] + rest)
        let isApart = picker.areApart(rest, from: others)
        inBackground { await $0.rotate(path.id, to: candidate, isApart: isApart) }
    }

    /// - Parameter isApart: the new hops shared nothing with other paths when they were chosen. In a pool that is too
    ///   small for that they may.
    private func rotate(_ id: UInt64, to candidate: OnionPath, isApart: Bool) async {
        defer { change(id) { $0.isRotating = false } }
        let excluded = Set(candidate.hops.map(\.id))
        guard let target = picker.pick(1, from: pool.nodes.values, excluding: excluded).first else { return }
        // When the new hops do not work, the old ones stay until the next use tries others.
        guard
            let reply = try? await exchange(
                StorageRequest.info.encoded(), to: target, timeout: options.probeTimeout, on: candidate),
            reply.status == 200, candidate.hops.allSatisfy({ pool[$0.id] != nil })
        else { return }
        // Meanwhile another path may have come to the same nodes: the next use tries others.
        guard !isApart || picker.areApart(candidate.hops.dropFirst(), from: taken(besides: id)) else { return }
        change(id) { path in
            path.hops = candidate.hops
            path.hopsChosenAt = .now
            path.failures = 0
        }
    }

    // MARK: For people

    /// The paths in use, for the page that shows them.
    public func paths() async -> [PathInfo] {
        let now = ContinuousClock.now
        return onionPaths.map { $0.info(at: now) }
    }

    /// Drops all paths and builds others.
    /// - Parameter changingEntryNode: also chooses other entry nodes. Each change tells one more machine our address.
    public func rebuildPaths(changingEntryNode: Bool) async {
        if changingEntryNode {
            // Long enough that the new ones are not the old ones again.
            let until = ContinuousClock.now + options.pathLifetime
            for id in entries.ids { entries.rest(id, until: until) }
            entries.forgetAll()
            save(.entries)
        }
        onionPaths = []
        publish()
        guard isRunning, isAvailable else { return }
        inBackground { network in
            do throws(NetworkError) {
                _ = try await network.path(for: nil)
            } catch {
                await network.note(error)
            }
        }
    }
}
