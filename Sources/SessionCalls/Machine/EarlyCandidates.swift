import Foundation
import SessionWire

/// Candidates of calls that nobody has announced yet: the swarm does not keep an order.
/// - Source: calls.md §10
struct EarlyCandidates: Sendable {
    /// More callers than can be heard at once without one of them flooding the others out.
    static let limit = 8

    private struct Key: Hashable {
        let peer: AccountID
        let id: CallID
    }
    private var entries: [Key: (heard: HeardCandidates, since: Date)] = [:]

    mutating func add(_ candidates: [ICECandidate], of id: CallID, from peer: AccountID, now: Date) {
        entries = entries.filter { $0.value.since.addingTimeInterval(CallTimes.early) > now }
        let key = Key(peer: peer, id: id)
        if entries[key] == nil, entries.count >= Self.limit,
            let oldest = entries.min(by: { $0.value.since < $1.value.since })?.key
        {
            entries[oldest] = nil
        }
        entries[key, default: (HeardCandidates(), now)].heard.add(candidates)
    }

    mutating func take(_ id: CallID, from peer: AccountID) -> HeardCandidates {
        entries.removeValue(forKey: Key(peer: peer, id: id))?.heard ?? HeardCandidates()
    }
}
