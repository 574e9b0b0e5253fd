import Foundation
import SessionWire

/// What the user does.
/// - Source: calls.md §3
extension CallMachine {
    mutating func place(_ id: CallID, to peer: AccountID, gate: CallGate, now: Date) {
        guard !isActive, gate.isOpen, gate.areCallsOn else { return }
        var placed = Call(id: id, peer: peer, direction: .outgoing, phase: .outgoingPre, began: now)
        placed.deadlines.giveUp = now.addingTimeInterval(CallTimes.patience)
        call = placed
        perform(.send(.preOffer, id, to: peer, copied: false))
        perform(.record(CallRecord(id: id, peer: peer, outcome: .outgoing, time: now, isRead: true)))
        perform(.ringBack)
        perform(.startOffering)
    }

    mutating func accept(now: Date) {
        guard var accepted = call, accepted.isRingingHere, !accepted.isAccepted else { return }
        accepted.isAccepted = true
        accepted.deadlines.giveUp = now.addingTimeInterval(CallTimes.patience)
        call = accepted
        perform(.silence)
        answerIfPossible()
    }

    /// Begins to answer as soon as both the user's yes and the offer are there.
    mutating func answerIfPossible() {
        guard var answered = call, answered.isRingingHere, answered.isAccepted, let offer = answered.remote else {
            return
        }
        answered.phase = .connecting
        let candidates = answered.heard.take(in: offer.credentials.fragment)
        call = answered
        perform(.startAnswering(offer))
        if !candidates.isEmpty { perform(.addCandidates(candidates)) }
    }

    mutating func decline(now: Date) {
        guard call?.isRingingHere == true else { return }
        end(.hungUpHere, tellsPeer: true, now: now)
    }

    mutating func hangUp(now: Date) {
        guard let running = call, isActive else { return }
        if running.connectedSince != nil { perform(.hangUpOverChannel) }
        end(.hungUpHere, tellsPeer: true, now: now)
    }

    /// Ends the call that is going on. Other devices are told only of what they ring for as well.
    /// - Parameter tellsPeer: false when the end came from there. Of two devices that answered, the one that was not taken
    ///   never tells: it would end the call of the other.
    mutating func end(_ reason: EndReason, tellsPeer: Bool, now: Date) {
        guard var ending = call, isActive else { return }
        if tellsPeer, !ending.isContested {
            perform(.send(.end, ending.id, to: ending.peer, copied: ending.isRingingHere))
        }
        let wasRingingHere = ending.isRingingHere
        if wasRingingHere || ending.isUnanswered { perform(.silence) }
        if ending.direction == .outgoing || !wasRingingHere { perform(.stopMedia) }
        perform(.record(ending.record(endedBy: reason, now: now)))
        ending.phase = .ended(reason)
        (ending.deadlines, ending.restart) = (CallDeadlines(), nil)
        call = ending
        remember(ending.id, .recorded, now: now)
        if let waiting = rival { ring(waiting) }
        (rival, rivalDecision) = (nil, nil)
    }
}

extension Call {
    /// The row that stands when the call ended for `reason`.
    /// - Source: calls.md §10, §11
    func record(endedBy reason: EndReason, now: Date) -> CallRecord {
        let duration = connectedSince.map { now.timeIntervalSince($0) }
        guard outcome == .incoming, duration == nil else {
            return CallRecord(id: id, peer: peer, outcome: outcome, time: began, duration: duration, isRead: true)
        }
        let isAnswered = reason == .answeredElsewhere || isContested
        // Whoever said yes was there, even if nothing came of it.
        let isRead = isAnswered || isAccepted || reason == .hungUpHere || reason == .declinedElsewhere
        return CallRecord(id: id, peer: peer, outcome: isAnswered ? .incoming : .missed, time: began, isRead: isRead)
    }
}
