import Logging
import SessionWire

/// Why one request brought no reply, and what to do instead.
enum SendFault: Error, Equatable, Sendable {
    /// Take another path; this one has been dealt with.
    case path(UInt64, ExchangeFault)
    /// Ask another node.
    case destination(ExchangeFault)
    /// Stop.
    case network(NetworkError)
}

extension SessionNetwork {
    /// Sends one request through one path, once, and draws the consequences of a failure.
    /// - Parameter avoided: paths that have failed already for the caller.
    func exchange(
        _ payload: [UInt8], to destination: ServiceNode, timeout: Duration, avoiding avoided: Set<UInt64> = []
    ) async throws(SendFault) -> NodeReply {
        let chosen: OnionPath
        do throws(NetworkError) { chosen = try await path(for: destination, avoiding: avoided) } catch {
            // There is a path, but it begins at the destination: another node can be asked.
            throw error == .noPath && !onionPaths.isEmpty ? .destination(.unbuildable) : .network(error)
        }
        return try await exchange(payload, to: destination, timeout: timeout, on: chosen)
    }

    func exchange(
        _ payload: [UInt8], to destination: ServiceNode, timeout: Duration, on path: OnionPath
    ) async throws(SendFault) -> NodeReply {
        let started = generation
        let start = ContinuousClock.now
        change(path.id) { $0.inFlight += 1 }
        defer { change(path.id) { $0.inFlight -= 1 } }
        let fault: ExchangeFault
        do throws(ExchangeFault) {
            let reply = try await courier.send(payload, through: path.hops, to: destination, timeout: timeout)
            guard started == generation else { return reply }
            succeeded(path, start: start)
            return reply
        } catch {
            fault = error
        }
        guard fault != .cancelled else { throw .network(.cancelled) }
        guard fault != .requestTooLarge else { throw .network(.tooLarge) }
        guard started == generation else { throw .path(path.id, fault) }
        throw consequences(of: fault, on: path, destination: destination.id, start: start)
    }

    /// Changes a path if it still exists.
    func change(_ id: UInt64, _ body: (inout OnionPath) -> Void) {
        guard let index = onionPaths.firstIndex(where: { $0.id == id }) else { return }
        body(&onionPaths[index])
    }

    private func succeeded(_ path: OnionPath, start: ContinuousClock.Instant) {
        let now = ContinuousClock.now
        change(path.id) { $0.succeeded(roundTrip: now - start, at: now) }
        for hop in path.hops { pool.forgive(hop.id) }
        // A path that was given up meanwhile must not bring its entry node back.
        if let entry = path.entry, onionPaths.contains(where: { $0.id == path.id }) {
            entries.wake(entry.id)
            if !entries.ids.contains(entry.id) {
                entries.keep(entry.id)
                save(.entries)
            }
        }
        for node in blame.contact(at: now) { strike(node) }
        note(nil)
        publish()
    }

    private func consequences(
        of fault: ExchangeFault, on path: OnionPath, destination: ServiceNodeID, start: ContinuousClock.Instant
    ) -> SendFault {
        let now = ContinuousClock.now
        var verdict = fault.verdict(hops: path.hops.map(\.id), destination: destination)
        let current = onionPaths.first { $0.id == path.id }
        if fault == .timedOut, let lastSuccess = current?.lastSuccess, lastSuccess > start {
            // Others got through on the same path meanwhile: it is the destination that is slow.
            verdict = FaultVerdict(remedies: [.strike(destination)], blamesDestination: true)
        }
        log.debug("A path failed", metadata: ["path": "\(path.id)", "fault": "\(fault)"])
        if case .relay = fault { for node in blame.contact(at: now) { strike(node) } }
        apply(verdict.remedies, to: path, start: start, now: now)
        publish()
        return verdict.blamesDestination ? .destination(fault) : .path(path.id, fault)
    }

    private func apply(
        _ remedies: [PathRemedy], to path: OnionPath, start: ContinuousClock.Instant, now: ContinuousClock.Instant
    ) {
        var strikes: [ServiceNodeID] = []
        for remedy in remedies {
            switch remedy {
            case .strike(let id): strikes.append(id)
            case .drop(let id): dropNode(id)
            case .swap(let id): replaceHop(id, in: path.id)
            case .restEntry:
                guard let entry = path.entry else { continue }
                entries.rest(entry.id, until: now + options.entryRetry)
                onionPaths.removeAll { $0.hops.first?.id == entry.id }
            case .strikePath:
                strikes.append(contentsOf: path.hops.dropFirst().map(\.id))
                change(path.id) { $0.failures += 1 }
                guard let failures = onionPaths.first(where: { $0.id == path.id })?.failures,
                    failures >= options.strikeLimit
                else { continue }
                onionPaths.removeAll { $0.id == path.id }
                // The next path begins at the same node. If that is the one to blame, it goes after a few paths.
                if let entry = path.entry { strikes.append(entry.id) }
            case .refreshPool:
                // When it fails, the next use of a stale key asks for it again.
                inBackground { network in try? await network.refreshPoolNow() }
            }
        }
        for id in blame.judge(strikes, since: start, at: now) { strike(id) }
    }

    /// Counts against a node, which leaves everything when that was once too often.
    func strike(_ id: ServiceNodeID) {
        guard pool.strike(id, limit: options.strikeLimit) else { return }
        log.info("A node was dropped", metadata: ["node": "\(id.redacted)"])
        dropNode(id)
    }

    /// Takes a node out of pool, swarms, paths and entry nodes.
    func dropNode(_ id: ServiceNodeID) {
        pool.remove(id)
        swarms.remove(id)
        entries.forget(id)
        removeFromPaths(id)
        for key in StateKey.allCases { save(key) }
        publish()
    }
}
