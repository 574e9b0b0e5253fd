import Synchronization

/// Lets loops sleep until there is something to do. A signal wakes all who wait; one given while nobody waits is kept.
final class WakeSignal: Sendable {
    private struct State {
        var isSet = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// Wakes who waits now, or lets the next wait return at once.
    func set() {
        let waiters = state.withLock { state in
            if state.waiters.isEmpty { state.isSet = true }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns after ``set()``, after `limit`, or when the calling task is cancelled; a signal too many does no harm.
    func wait(atMost limit: Duration?) async {
        let alarm = limit.map { limit in
            Task { [weak self] in
                do { try await Task.sleep(for: limit) } catch { return }
                self?.set()
            }
        }
        defer { alarm?.cancel() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state in
                    if state.isSet || Task.isCancelled {
                        state.isSet = false
                        return true
                    }
                    state.waiters.append(continuation)
                    return false
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            set()
        }
    }
}
