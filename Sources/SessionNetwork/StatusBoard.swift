import Synchronization

/// The latest status, for anybody at any time, and a stream of changes. Listeners that lag see the newest only.
final class StatusBoard: Sendable {
    private struct Listeners {
        var all: [Int: AsyncStream<NetworkStatus>.Continuation] = [:]
        var next = 0
    }

    private let present = Mutex(NetworkStatus())
    /// Never held while a listener is told: one whose task is being cancelled cannot be told before its end was noted here.
    private let listeners = Mutex(Listeners())

    var status: NetworkStatus { present.withLock { $0 } }

    deinit {
        for listener in listeners.withLock({ Array($0.all.values) }) { listener.finish() }
    }

    /// Tells listeners when `change` made a difference.
    func update(_ change: (inout NetworkStatus) -> Void) {
        // All are told before the next change, so that they hear things in their order.
        present.withLock { status in
            let old = status
            change(&status)
            guard status != old else { return }
            for listener in listeners.withLock({ Array($0.all.values) }) { listener.yield(status) }
        }
    }

    /// Starts with the present status.
    func updates() -> AsyncStream<NetworkStatus> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: NetworkStatus.self, bufferingPolicy: .bufferingNewest(1))
        let number = present.withLock { status in
            continuation.yield(status)
            return listeners.withLock { listeners in
                listeners.next += 1
                listeners.all[listeners.next] = continuation
                return listeners.next
            }
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.listeners.withLock { $0.all.removeValue(forKey: number) }
        }
        return stream
    }
}
