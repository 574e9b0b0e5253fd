import Foundation

/// How long a call waits for what.
/// - Source: calls.md §3.4, §4, §5, §6.4
enum CallTimes {
    /// From the start to the answer, from the answer to the connection, and for a lost connection.
    static let patience: TimeInterval = 60
    /// An announcement or offer that is older rings no more.
    static let stale: TimeInterval = 60
    /// A broken connection often mends itself within this time.
    static let beforeReconnecting: TimeInterval = 2
    static let betweenRestarts: TimeInterval = 5
    static let restarts = 5
    /// How long two calls that crossed may stand beside each other.
    static let crossed: TimeInterval = 10
    /// Within that time the peer has connected to one of our devices that answered.
    static let contested: TimeInterval = 15
    static let candidatesSettle: TimeInterval = 0.3
    static let betweenBatches: TimeInterval = 1
    static let early: TimeInterval = 300
    static let betweenNoticesOfCallsOff: TimeInterval = 86_400
}
