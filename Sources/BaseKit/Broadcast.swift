import Synchronization

/// Hands every value to all who listen at that moment.
///
/// A slow listener loses its oldest values beyond the buffer limit; nobody else waits for it.
public final class Broadcast<Element: Sendable>: Sendable {
    private struct State {
        var listeners: [Int: AsyncStream<Element>.Continuation] = [:]
        var nextListener = 0
        var isFinished = false
    }

    private let state = Mutex(State())
    private let bufferLimit: Int

    /// - Parameter bufferLimit: how many values wait for one listener.
    public init(bufferLimit: Int = 256) { self.bufferLimit = max(1, bufferLimit) }

    deinit { finish() }

    /// Gives `value` to every listener. Never blocks.
    public func send(_ value: Element) {
        let listeners = state.withLock { Array($0.listeners.values) }
        for listener in listeners { listener.yield(value) }
    }

    /// A stream of the values sent from now on. It ends with ``finish()`` or when the broadcast goes away.
    public func subscribe() -> AsyncStream<Element> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Element.self, bufferingPolicy: .bufferingNewest(bufferLimit))
        let number: Int? = state.withLock { state in
            guard !state.isFinished else { return nil }
            state.nextListener += 1
            state.listeners[state.nextListener] = continuation
            return state.nextListener
        }
        guard let number else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in self?.remove(number) }
        return stream
    }

    /// Ends all streams, those of later listeners too.
    public func finish() {
        let listeners = state.withLock { state in
            state.isFinished = true
            defer { state.listeners = [:] }
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.finish() }
    }

    private func remove(_ number: Int) {
        // The continuation is released outside the lock: its end may call back here.
        _ = state.withLock { $0.listeners.removeValue(forKey: number) }
    }
}
