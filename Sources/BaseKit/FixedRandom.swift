import Synchronization

/// Replays recorded draws in their order; for reproducing test vectors, never for keys that matter.
///
/// A draw that is too short is filled up with zeros, a longer one is cut, and after the last one only zeros follow.
public struct FixedRandom: RandomSource {
    private let remaining: Draws

    /// - Parameter draws: what the calls to ``bytes(_:)`` give, first one first.
    public init(_ draws: [[UInt8]]) { remaining = Draws(draws) }

    public func bytes(_ count: Int) -> [UInt8] {
        let draw = remaining.next() ?? []
        return draw.prefix(count) + [UInt8](repeating: 0, count: max(0, count - draw.count))
    }
}

private final class Draws: Sendable {
    private let queue: Mutex<ArraySlice<[UInt8]>>
    init(_ draws: [[UInt8]]) { queue = Mutex(draws[...]) }
    func next() -> [UInt8]? { queue.withLock { $0.popFirst() } }
}
