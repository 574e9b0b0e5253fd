import Observation

/// Joins a screen to its models for as long as the screen lives: when this value goes, everything it started ends.
final class Bindings {
    private var tasks: [Task<Void, Never>] = []
    private var followers: [AnyObject] = []
    isolated deinit { tasks.forEach { $0.cancel() } }

    /// Calls `show` with the value at once, and again after each turn of the main actor in which something that it was
    /// made from has changed. Capture controllers weakly.
    func follow<Value>(_ value: @escaping () -> Value, _ show: @escaping (Value) -> Void) {
        followers.append(Follower(value, show))
    }

    /// As `follow`, leaving out values that equal the one before.
    func follow<Value: Equatable>(_ value: @escaping () -> Value, _ show: @escaping (Value) -> Void) {
        var last: Value?
        followers.append(
            Follower(value) { fresh in
                guard fresh != last else { return }
                last = fresh
                show(fresh)
            })
    }

    /// Runs something that lasts as long as the screen.
    func run(_ body: @escaping () async -> Void) { tasks.append(Task { await body() }) }
}

/// Reads a value and reads it again when it may have changed. The standard library's `Observations` sequence crashes when
/// its closure comes in as a parameter (Swift 6.3.1), and it would show the first value one turn late.
private final class Follower<Value> {
    private let value: () -> Value
    private let show: (Value) -> Void

    init(_ value: @escaping () -> Value, _ show: @escaping (Value) -> Void) {
        (self.value, self.show) = (value, show)
        update()
    }

    private func update() {
        let fresh = withObservationTracking(value) { [weak self] in
            // Called once, just before the change and on whatever thread makes it.
            Task { @MainActor in self?.update() }
        }
        show(fresh)
    }
}
