import BaseKit
import Logging
public import SessionWire

/// Fetches the messages of one account again and again: one poll at a time, one member of the swarm for some polls,
/// then another. It sleeps while paused or while the machine has no network, without waking anybody.
public actor Poller {
    private let network: SessionNetwork
    private let signer: any StorageSigner
    private let namespaces: [Namespace]
    private let lastHashes: LastHashStorage
    private let policy: PollPolicy
    private let deliver: @Sendable (PollResult) async throws -> Void
    private let log = Log.logger("poller")

    private var attention = PollPolicy.Attention.visible
    private var attentionSince = ContinuousClock.now
    private var isMetered = false
    private var isUrgent = false
    private var isPaused = false
    private var isRunning = false
    /// Asked for while a poll was on its way, or before the loop began.
    private var isPollWanted = false
    private var failures = 0
    private var member: ServiceNodeID?
    private var pollsOfMember = 0
    private var lastPositions: [Namespace: PollResult.Position] = [:]
    private var sleeper: Task<Void, Never>?
    private var isOnline = true

    /// - Parameters:
    ///   - deliver: makes the messages safe. Only when it returns is their position remembered; when it throws, the same
    ///     messages come again.
    public init(
        network: SessionNetwork, keys: AccountKeys, namespaces: [Namespace], lastHashes: LastHashStorage,
        policy: PollPolicy = .init(), deliver: @escaping @Sendable (PollResult) async throws -> Void
    ) {
        self.init(
            network: network, signer: keys, namespaces: namespaces, lastHashes: lastHashes, policy: policy,
            deliver: deliver)
    }

    /// For whoever may read an account, such as a member of a group.
    public init(
        network: SessionNetwork, signer: any StorageSigner, namespaces: [Namespace], lastHashes: LastHashStorage,
        policy: PollPolicy = .init(), deliver: @escaping @Sendable (PollResult) async throws -> Void
    ) {
        self.network = network
        self.signer = signer
        self.namespaces = namespaces
        self.lastHashes = lastHashes
        self.policy = policy
        self.deliver = deliver
    }

    // MARK: Steering

    /// Polls as soon as the poll under way is over; at once when there is none.
    public func pollNow() {
        isPollWanted = true
        wake()
    }

    /// Asks every second while it lasts, whoever looks.
    public func setUrgent(_ isUrgent: Bool) {
        guard isUrgent != self.isUrgent else { return }
        self.isUrgent = isUrgent
        if isUrgent { pollNow() }
    }

    /// Who would see new messages.
    public func setAttention(_ new: PollPolicy.Attention) {
        guard new != attention else { return }
        let before = interval(failures: 0)
        attention = new
        attentionSince = .now
        if before > interval(failures: 0) { pollNow() }
    }

    /// Whether the connection is paid by volume. Counts from the next wait on.
    public func setMetered(_ isMetered: Bool) { self.isMetered = isMetered }

    /// Stops asking until `resume()`.
    public func pause() { isPaused = true }

    /// Goes on, with a poll at once.
    public func resume() {
        isPaused = false
        failures = 0
        pollNow()
    }

    // MARK: The loop

    /// Polls until the calling task is cancelled. A second call while the first runs does nothing.
    public func run() async {
        guard !isRunning else { return }
        isRunning = true
        let updates = network.statusUpdates()
        let follower = Task { [weak self] in
            for await status in updates { await self?.networkBecame(status.phase) }
        }
        defer {
            follower.cancel()
            isRunning = false
        }
        while !Task.isCancelled {
            if isPaused || !isOnline {
                await sleep(for: nil)
                continue
            }
            isPollWanted = false
            let wait = await pollOnce()
            guard !isPollWanted, let wait else { continue }
            await sleep(for: wait)
        }
    }

    private func networkBecame(_ phase: NetworkStatus.Phase) {
        let wasOnline = isOnline
        isOnline = phase != .offline
        guard isOnline, !wasOnline else { return }
        failures = 0
        pollNow()
    }

    /// One poll. Gives the time to wait before the next; `nil` for none.
    private func pollOnce() async -> Duration? {
        if pollsOfMember >= policy.pollsPerMember {
            member = nil
            pollsOfMember = 0
        }
        let result: PollResult
        do throws(NetworkError) {
            result = try await network.poll(
                signer: signer, namespaces: namespaces, preferring: member, timeout: policy.timeout,
                lastHashes: lastHashes.get)
        } catch {
            // Work ends when the machine changes its network: at once again, but not for ever.
            guard error == .cancelled, failures == 0 else { return failed() }
            failures = 1
            return nil
        }
        if result.node.id != member {
            member = result.node.id
            pollsOfMember = 0
        }
        if !result.more { pollsOfMember += 1 }
        do { try await deliver(result) } catch {
            guard !Task.isCancelled else { return nil }
            log.error("Polled messages could not be kept; they will come again")
            return failed()
        }
        for (namespace, position) in result.positions { await lastHashes.set(result.node.id, namespace, position) }
        failures = 0
        // A node that says “more” but stays where it was would keep us busy for ever.
        let hasMoved = result.positions.contains { lastPositions[$0.key] != $0.value }
        lastPositions.merge(result.positions) { $1 }
        return result.more && hasMoved ? nil : interval(failures: failures)
    }

    private func failed() -> Duration {
        failures += 1
        member = nil
        return interval(failures: failures)
    }

    private func interval(failures: Int) -> Duration {
        policy.interval(
            isUrgent ? .urgent : attention, failures: failures,
            hiddenFor: attention == .hidden ? .now - attentionSince : .zero,
            isMetered: isMetered)
    }

    // MARK: Sleeping

    /// Sleeps until the time is over, somebody wakes the poller, or the loop's task is cancelled.
    private func sleep(for duration: Duration?) async {
        guard !isPollWanted || isPaused || !isOnline else { return }
        let task = Task {
            // Ends early when cancelled, which is how it is woken. A tenth of tolerance lets the kernel join wake-ups.
            if let duration {
                try? await Task.sleep(for: duration, tolerance: duration / 10)
            } else {
                while !Task.isCancelled { try? await Task.sleep(for: .seconds(86_400)) }
            }
        }
        sleeper = task
        await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        sleeper = nil
    }

    private func wake() { sleeper?.cancel() }
}
