import SessionNetwork
import SessionWire

/// When to ask again for a deletion that not every member of a swarm has carried out. Nothing in the network repairs it: a
/// member that was away keeps what is obsolete until its life ends, and devices that read it there before never see it
/// again. A value.
/// - Source: network.md §4.4, §4.8
struct DeletionCourse: Equatable, Sendable {
    enum Step: Equatable, Sendable {
        case askNow
        case askLater(Duration)
    }

    /// Before each further request; a member that is still away after the last one is left alone.
    private static let pauses: [Duration] = [.seconds(10), .seconds(60), .seconds(600), .seconds(3_600)]

    private let scale: Double
    /// What some members have deleted and others not.
    private var partial: Set<MessageHash> = []
    private var requests = 0
    private var due = ContinuousClock.now

    /// - Parameter scale: multiplies the pauses.
    init(scale: Double) { self.scale = scale }

    /// - Parameter obsolete: what has to go, not empty. What was never asked for goes at once.
    func step(for obsolete: [MessageHash], now: ContinuousClock.Instant) -> Step {
        guard partial.isSuperset(of: obsolete), now < due else { return .askNow }
        return .askLater(due - now)
    }

    /// - Returns: whether it can be forgotten.
    mutating func note(
        _ deletion: SequenceReceipt.Deletion, of obsolete: [MessageHash], now: ContinuousClock.Instant
    ) -> Bool {
        let isNew = !partial.isSuperset(of: obsolete)
        if isNew { requests = 0 }
        let isLast = requests >= Self.pauses.count && now >= due
        guard deletion != .allMembers, !(isLast && deletion == .someMembers) else {
            (partial, requests) = ([], 0)
            return true
        }
        partial = Set(obsolete)
        // A push asks along the way, and uses nothing up.
        guard isNew || now >= due else { return false }
        due = now + Self.pauses[min(requests, Self.pauses.count - 1)] * scale
        requests += 1
        return false
    }
}
