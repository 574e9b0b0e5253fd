/// Gives every message of the account its own millisecond, later than all before it: the time a message was sent is its
/// name towards other people. Lives within one transaction, which also keeps the last time given.
/// - Source: identity-and-messages.md §3.9
package struct SentTimes: Sendable {
    /// Times given under a clock that turned out to be fast by more than this are not held against the right one.
    static let correction: UInt64 = 60_000

    private(set) var last: UInt64
    private let networkNow: UInt64

    /// - Parameters:
    ///   - last: the last time that was given, 0 for none.
    ///   - isMeasured: whether `networkNow` is the network's own time, not just the machine's.
    init(last: UInt64, networkNow: UInt64, isMeasured: Bool) {
        self.networkNow = networkNow
        let isWrong = isMeasured && last > networkNow && last - networkNow > Self.correction
        self.last = isWrong ? networkNow - 1 : last
    }

    /// Unix milliseconds.
    package mutating func next() -> UInt64 {
        last = max(networkNow, last + 1)
        return last
    }
}
