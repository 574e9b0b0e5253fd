import Synchronization

/// Lets loops sleep until there is something to do. A signal wakes all who wait, and nobody else's waiting uses it up: each
/// loop has a ``Mark`` of its own that says which signals it has noticed.
final class WakeSignal: Sendable {
    /// How many signals one loop has noticed; none at first.
    struct Mark: Sendable {
        fileprivate var noticed: UInt64 = 0
        init() {}
    }

    fileprivate struct Waiter {
        let continuation: CheckedContinuation<Void, Never>
        let alarm: Task<Void, Never>?
    }

    private struct State {
        /// Signals so far.
        var signals: UInt64 = 0
        var waiters: [UInt64: Waiter] = [:]
        var nextID: UInt64 = 0

        /// A number for somebody who is going to wait.
        mutating func takeID() -> UInt64 {
            defer { nextID += 1 }
            return nextID
        }
    }

    private let state = Mutex(State())

    /// Wakes who waits now, and lets the next wait of everybody else return at once.
    func set() {
        let waiters = state.withLock { state in
            state.signals += 1
            defer { state.waiters = [:] }
            return state.waiters
        }
        for waiter in waiters.values { waiter.wake() }
    }

    /// For somebody who is only interested in signals from now on.
    func mark() -> Mark {
        var mark = Mark()
        mark.noticed = state.withLock { $0.signals }
        return mark
    }

    /// Returns after a ``set()`` that `mark` does not know, after `limit`, or when the calling task is cancelled.
    func wait(_ mark: inout Mark, atMost limit: Duration?) async {
        let noticed = mark.noticed
        let id = state.withLock { $0.takeID() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state in
                    guard state.signals == noticed, !Task.isCancelled else { return true }
                    // Begins after the lock is free again, and then finds who waits.
                    state.waiters[id] = Waiter(continuation: continuation, alarm: limit.map { alarm(for: id, $0) })
                    return false
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            wake(id)
        }
        // The caller looks after this: it sees what every signal up to now was about.
        mark.noticed = state.withLock { $0.signals }
    }

    private func alarm(for id: UInt64, _ limit: Duration) -> Task<Void, Never> {
        Task { [weak self] in
            do { try await Task.sleep(for: limit) } catch { return }
            self?.wake(id)
        }
    }

    /// Wakes one who waits. Without any there is nothing to do: whoever is cancelled before it waits sees that itself.
    private func wake(_ id: UInt64) { state.withLock { $0.waiters.removeValue(forKey: id) }?.wake() }
}

extension WakeSignal.Waiter {
    fileprivate func wake() {
        alarm?.cancel()
        continuation.resume()
    }
}
