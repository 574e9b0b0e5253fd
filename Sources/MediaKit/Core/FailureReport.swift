import Synchronization

/// Tells of the first failure of a pipeline that runs, and of none after its end: one cause makes GStreamer say several
/// errors. What fails while it starts is the reason why it did not, and is told by whoever starts it.
final class FailureReport: Sendable {
    private struct State {
        var tell: (@Sendable (String) -> Void)?
        var isStarting = true
        var reason: String?
    }

    private let state: Mutex<State>

    init(_ tell: @escaping @Sendable (String) -> Void) { state = Mutex(State(tell: tell)) }

    func failed(_ reason: String) {
        let tell: (@Sendable (String) -> Void)? = state.withLock { state in
            guard !state.isStarting else {
                if state.reason == nil { state.reason = reason }
                return nil
            }
            return Self.taken(&state)
        }
        tell?(reason)
    }

    /// It runs from now on.
    func started() {
        let (tell, reason) = state.withLock { state in
            state.isStarting = false
            return (state.reason == nil ? nil : Self.taken(&state), state.reason)
        }
        if let reason { tell?(reason) }
    }

    /// It does not start.
    /// - Returns: why, in GStreamer's words.
    func notStarted() -> String? {
        state.withLock { state in
            _ = Self.taken(&state)
            return state.reason
        }
    }

    func close() { state.withLock { _ = Self.taken(&$0) } }

    private static func taken(_ state: inout State) -> (@Sendable (String) -> Void)? {
        defer { state.tell = nil }
        return state.tell
    }
}
