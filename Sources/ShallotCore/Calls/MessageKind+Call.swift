import SessionCalls
import ShallotStore

extension MessageRecord.Kind {
    /// What the row of a call says.
    /// - Parameter reason: why the call is over; `nil` while it goes on, and for one that never rang here.
    /// - Source: calls.md §11
    init(_ record: CallRecord, endedBy reason: EndReason?) {
        self =
            switch (record.outcome, reason) {
            case (.missedCallsOff, _): .callMissedOff
            case (.incoming, _): .callIncoming
            case (.missed, .hungUpHere), (.missed, .declinedElsewhere): .callDeclined
            case (.missed, .notConnected), (.missed, .media), (.missed, .unusable), (.missed, .notSent): .callFailed
            case (.missed, _): .callMissed
            case (.outgoing, _) where record.duration != nil: .callOutgoing
            case (.outgoing, .unanswered): .callUnanswered
            case (.outgoing, .declinedThere): .callRefused
            case (.outgoing, nil), (.outgoing, .hungUpHere), (.outgoing, .replaced): .callOutgoing
            case (.outgoing, _): .callFailed
            }
    }
}
