public import Foundation

/// Calls that are over, remembered for an hour: their messages stay in the swarm for a while and come again, in any
/// order and after a restart.
/// - Source: calls.md §10
public struct FinishedCalls: Sendable {
    /// What is still to be done if the first message of such a call comes only now.
    public enum Verdict: String, Hashable, Sendable, Codable {
        /// Nothing: there is a row already.
        case recorded
        case endedByPeer
        case answeredElsewhere
        case declinedElsewhere
    }

    public static let lifetime: TimeInterval = 3_600
    /// More calls than anybody ends within an hour; the oldest give way.
    public static let limit = 1_000

    private var entries: [CallID: (verdict: Verdict, until: Date)] = [:]

    public init() {}

    /// Takes up what was remembered before a restart.
    public init(_ remembered: [(id: CallID, verdict: Verdict, until: Date)]) {
        for entry in remembered.suffix(Self.limit) { entries[entry.id] = (entry.verdict, entry.until) }
    }

    public func verdict(on id: CallID, at now: Date) -> Verdict? {
        guard let entry = entries[id], entry.until > now else { return nil }
        return entry.verdict
    }

    mutating func insert(_ id: CallID, _ verdict: Verdict, until: Date, now: Date) {
        entries = entries.filter { $0.value.until > now }
        if entries.count >= Self.limit, let oldest = entries.min(by: { $0.value.until < $1.value.until })?.key {
            entries[oldest] = nil
        }
        entries[id] = (verdict, until)
    }

    /// Takes up more; what is known already is newer.
    mutating func add(_ others: FinishedCalls) {
        entries.merge(others.entries) { mine, _ in mine }
        for surplus in entries.sorted(by: { $0.value.until < $1.value.until }).dropLast(Self.limit) {
            entries[surplus.key] = nil
        }
    }
}
