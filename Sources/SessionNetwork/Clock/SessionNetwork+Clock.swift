import BaseKit
import Logging
import SessionWire

extension SessionNetwork {
    /// How many nodes are asked for the time.
    /// - Source: network.md §1.6
    private static let clockNodes = 3
    private static let clockRounds = 3

    /// Makes sure that the network's time is known.
    func ensureClock() async throws(NetworkError) {
        try requireRunning()
        guard !clock.isSet else { return }
        try await resyncClock()
    }

    /// Asks for the time again. Several callers share one question.
    func resyncClock() async throws(NetworkError) {
        let work = clockWork ?? startClockWork()
        if let error = try await waiting(for: work) { throw error }
    }

    private func startClockWork() -> Task<NetworkError?, Never> {
        let started = generation
        let task = Task<NetworkError?, Never> { [weak self] in
            guard let self else { return .cancelled }
            let error = await self.askForTime()
            await self.clockWorkEnded(started)
            return error
        }
        clockWork = task
        return task
    }

    private func clockWorkEnded(_ started: UInt64) {
        if started == generation { clockWork = nil }
        publish()
    }

    private func askForTime() async -> NetworkError? {
        var lastError = NetworkError.timedOut
        for _ in 0..<Self.clockRounds {
            do throws(NetworkError) {
                try await ensurePool()
                _ = try await path(for: nil)
            } catch {
                return error
            }
            let samples = await samples(from: bystanders(Self.clockNodes))
            guard !Task.isCancelled else { return .cancelled }
            if !samples.isEmpty {
                clock.set(samples)
                log.info("The network's time is known", metadata: ["samples": "\(samples.count)"])
                return nil
            }
            lastError = .noPath
        }
        return lastError
    }

    /// What several nodes say. Two that agree are enough: a third could not move the middle away from them.
    private func samples(from nodes: [ServiceNode]) async -> [NetworkClock.Sample] {
        await withTaskGroup(of: NetworkClock.Sample?.self) { group in
            for node in nodes { group.addTask { [weak self] in await self?.sample(from: node) } }
            defer { group.cancelAll() }
            var samples: [NetworkClock.Sample] = []
            for await case let sample? in group {
                let agrees = samples.contains { other in
                    let difference = other.time(at: sample.instant) - Int64(sample.milliseconds)
                    return difference.magnitude < UInt64(NetworkClock.driftLimit.milliseconds)
                }
                samples.append(sample)
                if agrees { return samples.count == 2 ? samples : [sample] }
            }
            return samples
        }
    }

    private func sample(from node: ServiceNode) async -> NetworkClock.Sample? {
        let asked = ContinuousClock.now
        // No sample is no harm: there are other nodes.
        guard
            let reply = try? await exchange(StorageRequest.info.encoded(), to: node, timeout: options.probeTimeout),
            reply.status == 200, let info = try? InfoReply(StorageReply.parse(reply.body))
        else { return nil }
        return NetworkClock.Sample(milliseconds: info.timestamp, asked: asked, answered: .now)
    }
}
