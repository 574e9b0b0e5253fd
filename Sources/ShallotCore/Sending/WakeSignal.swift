import Synchronization

/// Lets one loop sleep until there is something to do. A signal given while nobody waits is kept.
final class WakeSignal: Sendable {
    private struct State {
        var isSet = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Wakes the loop now, or lets its next wait return at once.
    func set() {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard let waiter = state.waiter else {
                state.isSet = true
                return nil
            }
            state.waiter = nil
            return waiter
        }
        waiter?.resume()
    }

    /// Returns after ``set()``, after `limit`, or when the calling task is cancelled. Only one task may wait.
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
                    state.waiter = continuation
                    return false
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            set()
        }
    }
}
