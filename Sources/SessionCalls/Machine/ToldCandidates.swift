import Foundation

/// Our own candidates: sent in batches, each of them complete, because some peers look at the last one only.
/// - Source: calls.md §6.4
struct ToldCandidates: Hashable, Sendable {
    private var all: [ICECandidate] = []
    private var changed: Date?
    private var sent: Date?
    /// The last batch is on its way. The next waits for it, or it could arrive first.
    private var isUnderway = false

    mutating func add(_ candidates: [ICECandidate], now: Date) {
        for candidate in candidates where !all.contains(candidate) && all.count < CallSignal.maximumCandidates {
            all.append(candidate)
            changed = now
        }
    }

    /// When the next batch is to go; `nil` when there is nothing to say.
    var due: Date? {
        guard let changed, !isUnderway else { return nil }
        let settled = changed.addingTimeInterval(CallTimes.candidatesSettle)
        return sent.map { max(settled, $0.addingTimeInterval(CallTimes.betweenBatches)) } ?? settled
    }

    /// The batch, if it is time.
    mutating func take(now: Date) -> [ICECandidate]? {
        guard let due, due <= now else { return nil }
        (changed, sent, isUnderway) = (nil, now, true)
        return all
    }

    mutating func didStore() { isUnderway = false }

    /// Says everything again: it did not arrive, or the peer has forgotten it.
    mutating func sayAgain(now: Date) {
        isUnderway = false
        if !all.isEmpty { changed = now }
    }
}
