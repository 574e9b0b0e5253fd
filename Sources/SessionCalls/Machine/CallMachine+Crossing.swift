import Foundation
import SessionWire

/// Two who call each other at once.
/// - Source: calls.md §4
extension CallMachine {
    /// Our call is unanswered and its peer calls us: of the two calls the one with the lesser name goes on.
    mutating func meetRival(_ coming: Call, with signal: CallSignal, now: Date) {
        guard let current = call else { return }
        // A second call of the same peer takes the place of its first one.
        if let former = rival { remember(former.id, .recorded, now: now) }
        rival = coming
        rivalDecision = now.addingTimeInterval(CallTimes.crossed)
        if case .offer = signal { continueRival(signal, now: now) }
        if current.id > coming.id, let rival { answer(rival, insteadTellingPeer: true, now: now) }
    }

    mutating func continueRival(_ signal: CallSignal, now: Date) {
        switch signal {
        case .offer(let text):
            guard let offer = try? PeerDescription(text) else { return forgetRival(now: now) }
            rival?.remote = offer
            rival?.phase = .incomingRinging
        case .candidates(let candidates): rival?.heard.add(candidates)
        case .end: forgetRival(now: now)
        case .preOffer, .answer: break
        }
    }

    mutating func forgetRival(now: Date) {
        if let rival { remember(rival.id, .recorded, now: now) }
        (rival, rivalDecision) = (nil, nil)
    }

    /// Gives our own call up for the peer's, which the user wants already: it does not ring.
    mutating func answer(_ other: Call, insteadTellingPeer tellsPeer: Bool, now: Date) {
        guard let ours = call else { return }
        (rival, rivalDecision) = (nil, nil)
        if tellsPeer { perform(.send(.end, ours.id, to: ours.peer, copied: false)) }
        perform(.silence)
        perform(.stopMedia)
        perform(.continueRecord(of: ours.id, as: other.id))
        remember(ours.id, .recorded, now: now)
        var answered = other
        answered.isAccepted = true
        answered.outcome = .outgoing
        answered.deadlines.giveUp = now.addingTimeInterval(CallTimes.patience)
        call = answered
        answerIfPossible()
    }
}
