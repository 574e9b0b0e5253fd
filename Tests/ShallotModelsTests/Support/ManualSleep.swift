import Synchronization

/// Sleeping that ends when a test says so, or when the sleeping task is cancelled.
final class ManualSleep: Sendable {
    private struct State {
        var next = 0
        var waiting: [Int: (Duration, CheckedContinuation<Void, any Error>)] = [:]
        var cancelled: Set<Int> = []
    }
    private let state = Mutex(State())

    /// How long those sleep who sleep now.
    var durations: [Duration] { state.withLock { $0.waiting.values.map(\.0).sorted() } }

    func sleep(_ duration: Duration) async throws {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let isCancelled = state.withLock { state in
                    if state.cancelled.remove(id) != nil { return true }
                    state.waiting[id] = (duration, continuation)
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            let waiting = state.withLock { state in
                if let entry = state.waiting.removeValue(forKey: id) { return Optional(entry.1) }
                state.cancelled.insert(id)
                return nil
            }
            waiting?.resume(throwing: CancellationError())
        }
    }

    /// Wakes everybody who sleeps this long or less.
    func wake(upTo limit: Duration = .seconds(1_000_000)) {
        let due = state.withLock { state in
            let ids = state.waiting.filter { $0.value.0 <= limit }.map(\.key)
            return ids.compactMap { state.waiting.removeValue(forKey: $0)?.1 }
        }
        due.forEach { $0.resume() }
    }
}

/// Waits until something is true. A suite's time limit ends a wait for something that never comes.
@MainActor func until(_ condition: @MainActor () async throws -> Bool) async rethrows {
    while try await !condition() { await Task.yield() }
}
