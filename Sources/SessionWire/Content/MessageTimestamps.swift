/// Gives every message of an account a sent time of its own. Receivers tell messages apart by it, so no millisecond may be
/// used twice, even when the clock stands still or goes back.
/// - Source: identity-and-messages.md §3.9
public struct MessageTimestamps: Sendable {
    /// The newest time that was given out, ms; 0 before the first.
    public private(set) var last: UInt64

    /// - Parameter last: the newest sent time of the account so far, ms.
    public init(last: UInt64 = 0) { self.last = last }

    /// The next free time: the network's, or one millisecond after the last.
    public mutating func next(networkNow: UInt64) -> UInt64 {
        last = networkNow > last ? networkNow : last &+ 1
        return last
    }
}
