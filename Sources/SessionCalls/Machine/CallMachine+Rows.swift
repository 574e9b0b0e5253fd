import Foundation
import SessionWire

/// Calls that do not ring but leave a row.
/// - Source: calls.md §1.3, §11
extension CallMachine {
    mutating func record(_ coming: Call, _ outcome: CallRecord.Outcome, isRead: Bool, now: Date) {
        perform(
            .record(
                CallRecord(id: coming.id, peer: coming.peer, outcome: outcome, time: coming.began, isRead: isRead)))
        remember(coming.id, .recorded, now: now)
    }

    /// The first message of a call whose end came first.
    mutating func recordLate(_ coming: Call, _ verdict: FinishedCalls.Verdict, now: Date) {
        switch verdict {
        case .recorded: break
        case .endedByPeer: record(coming, .missed, isRead: false, now: now)
        case .answeredElsewhere: record(coming, .incoming, isRead: true, now: now)
        case .declinedElsewhere: record(coming, .missed, isRead: true, now: now)
        }
    }

    mutating func tellCallsAreOff(to peer: AccountID, now: Date) {
        callsOffTold = callsOffTold.filter {
            now.timeIntervalSince($0.value) < CallTimes.betweenNoticesOfCallsOff
        }
        guard callsOffTold[peer] == nil else { return }
        callsOffTold[peer] = now
        perform(.tellCallsAreOff(peer))
    }
}
