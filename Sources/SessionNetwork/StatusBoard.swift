import Synchronization

/// The latest status, for anybody at any time, and a stream of changes. Listeners that lag see the newest only.
final class StatusBoard: Sendable {
    private struct State {
        var status = NetworkStatus()
        var listeners: [Int: AsyncStream<NetworkStatus>.Continuation] = [:]
        var nextListener = 0
    }

    private let state = Mutex(State())

    var status: NetworkStatus { state.withLock { $0.status } }

    deinit {
        for listener in state.withLock({ $0.listeners.values.map(\.self) }) { listener.finish() }
    }

    /// Tells listeners when `change` made a difference.
    func update(_ change: (inout NetworkStatus) -> Void) {
        state.withLock { state in
            let old = state.status
            change(&state.status)
            guard state.status != old else { return }
            // Yielding inside the lock keeps the order; listeners only buffer, they never call back from here.
            for listener in state.listeners.values { listener.yield(state.status) }
        }
    }

    /// Starts with the present status.
    func updates() -> AsyncStream<NetworkStatus> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: NetworkStatus.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.nextListener += 1
            state.listeners[state.nextListener] = continuation
            continuation.yield(state.status)
            return state.nextListener
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.state.withLock { $0.listeners.removeValue(forKey: number) }
        }
        return stream
    }
}
