import Foundation

/// Lets work in until it is shut, and then waits for what is still inside: SQLite must not be touched through a closed
/// connection.
// Safe to share: everything is read and written under the condition's lock.
final class Gate: @unchecked Sendable {
    /// Transactions take milliseconds; one that takes longer than this is not waited for.
    private static let patience: TimeInterval = 10

    private let condition = NSCondition()
    private var isShut = false
    private var inside = 0

    /// - Returns: whether work may begin; it must then be followed by ``leave()``.
    func enter() -> Bool {
        condition.withLock {
            if !isShut { inside += 1 }
            return !isShut
        }
    }

    func leave() {
        condition.withLock {
            inside -= 1
            if inside == 0 { condition.broadcast() }
        }
    }

    /// - Returns: `false` if it was shut before.
    func shut() -> Bool {
        condition.withLock {
            guard !isShut else { return false }
            isShut = true
            let end = Date(timeIntervalSinceNow: Self.patience)
            while inside > 0, condition.wait(until: end) {}
            return true
        }
    }
}

extension StoreError {
    static let closed = StoreError.other("it is closed")
}
