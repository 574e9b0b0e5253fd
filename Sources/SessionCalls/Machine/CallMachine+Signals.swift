import Foundation
import SessionWire

/// What others send.
/// - Source: calls.md §1.3, §3, §10
extension CallMachine {
    mutating func receive(
        _ signal: CallSignal, _ id: CallID, from peer: AccountID, sent: Date, gate: CallGate, now: Date
    ) {
        if isCurrent(id) {
            // Only the other side of a call has a say in it.
            guard call?.peer == peer else { return }
            continueCall(signal, now: now)
        } else if rival?.id == id {
            guard rival?.peer == peer else { return }
            continueRival(signal, now: now)
        } else {
            receiveUnknown(signal, id, from: peer, sent: sent, gate: gate, now: now)
        }
    }

    private mutating func receiveUnknown(
        _ signal: CallSignal, _ id: CallID, from peer: AccountID, sent: Date, gate: CallGate, now: Date
    ) {
        switch signal {
        case .preOffer, .offer:
            let coming = Call(id: id, peer: peer, direction: .incoming, phase: .incomingPre, began: sent)
            if let verdict = finished.verdict(on: id, at: now) {
                recordLate(coming, verdict, now: now)
            } else if !gate.areCallsOn {
                record(coming, .missedCallsOff, isRead: false, now: now)
                tellCallsAreOff(to: peer, now: now)
            } else if now.timeIntervalSince(sent) > CallTimes.stale {
                record(coming, .missed, isRead: false, now: now)
            } else {
                begin(coming, with: signal, now: now)
            }
        case .candidates(let candidates):
            guard gate.areCallsOn, finished.verdict(on: id, at: now) == nil else { return }
            early.add(candidates, of: id, from: peer, now: now)
        case .end:
            if finished.verdict(on: id, at: now) == nil { remember(id, .endedByPeer, now: now) }
        case .answer:
            break
        }
    }

    /// A call that nobody has heard of begins, if this is a moment for it.
    private mutating func begin(_ coming: Call, with signal: CallSignal, now: Date) {
        var coming = coming
        coming.heard = early.take(coming.id, from: coming.peer)
        coming.deadlines.giveUp = coming.began.addingTimeInterval(CallTimes.patience)
        guard let current = call, isActive else {
            ring(coming)
            if case .offer = signal { continueCall(signal, now: now) }
            return
        }
        if current.isUnanswered, current.peer == coming.peer {
            meetRival(coming, with: signal, now: now)
        } else if current.isRingingHere, !current.isAccepted, current.peer == coming.peer {
            // One person makes one call at a time: the end of the first one was lost.
            end(.hungUpThere, tellsPeer: false, now: now)
            ring(coming)
            if case .offer = signal { continueCall(signal, now: now) }
        } else {
            record(coming, .missed, isRead: false, now: now)
            perform(.send(.end, coming.id, to: coming.peer, copied: true))
        }
    }

    mutating func ring(_ coming: Call) {
        call = coming
        perform(
            .record(
                CallRecord(
                    id: coming.id, peer: coming.peer, outcome: coming.outcome, time: coming.began, isRead: true)))
        perform(.ring)
    }

    private mutating func continueCall(_ signal: CallSignal, now: Date) {
        switch signal {
        case .preOffer: break
        case .offer(let text): receiveOffer(text, now: now)
        case .answer(let text): receiveAnswer(text, now: now)
        case .candidates(let candidates):
            call?.heard.add(candidates)
            handOutCandidates()
        case .end:
            if let rival, call?.isUnanswered == true {
                // A peer that knows no crossing calls rejects ours while its own still stands.
                answer(rival, insteadTellingPeer: false, now: now)
            } else {
                end(call?.isUnanswered == true ? .declinedThere : .hungUpThere, tellsPeer: false, now: now)
            }
        }
    }

    private mutating func receiveOffer(_ text: String, now: Date) {
        guard let current = call else { return }
        switch current.phase {
        case .incomingPre, .incomingRinging:
            do {
                call?.remote = try PeerDescription(text)
                call?.phase = .incomingRinging
                answerIfPossible()
            } catch {
                end(.unusable(error), tellsPeer: true, now: now)
            }
        case .connecting, .connected, .reconnecting:
            // An offer of ours stands: the one who called does not give way.
            guard current.restart == nil, current.isDescribed,
                current.direction == .incoming || current.phase != .connecting, let offer = try? PeerDescription(text),
                offer.fingerprint == current.remote?.fingerprint
            else { return }
            guard offer != current.remote else { return repeatAnswer(now: now) }
            call?.remote = offer
            call?.owesAnswer = true
            call?.heard.beginGeneration()
            if current.phase == .connected {
                call?.phase = .reconnecting
                call?.deadlines = CallDeadlines(giveUp: now.addingTimeInterval(CallTimes.patience))
            }
            perform(.applyOffer(offer))
            handOutCandidates()
        case .outgoingPre, .outgoingRinging, .ended: break
        }
    }

    /// The peer offers the same again: our answer was lost.
    private mutating func repeatAnswer(now: Date) {
        guard let current = call, !current.owesAnswer, let answer = current.laterAnswer else { return }
        perform(.send(.answer(answer), current.id, to: current.peer, copied: false))
        call?.told.sayAgain(now: now)
    }

    private mutating func receiveAnswer(_ text: String, now: Date) {
        guard let current = call, current.direction == .outgoing else { return }
        switch current.phase {
        case .outgoingRinging:
            do {
                let answer = try PeerDescription(text)
                call?.remote = answer
                call?.phase = .connecting
                // Whatever the swarm said, the peer has our offer.
                call?.isDescribed = true
                call?.deadlines.giveUp = now.addingTimeInterval(CallTimes.patience)
                forgetRival(now: now)
                perform(.silence)
                perform(.applyAnswer(answer))
                handOutCandidates()
            } catch {
                end(.unusable(error), tellsPeer: true, now: now)
            }
        case .connected, .reconnecting:
            guard current.restart?.offer != nil, let answer = try? PeerDescription(text),
                answer.fingerprint == current.remote?.fingerprint
            else { return }
            call?.restart = nil
            call?.remote = answer
            call?.heard.beginGeneration()
            perform(.applyAnswer(answer))
            handOutCandidates()
        default: break
        }
    }

    /// Hands the engine what fits the description that it has. While it rings here there is no engine.
    private mutating func handOutCandidates() {
        guard let current = call, !current.isRingingHere, let generation = current.remote?.credentials.fragment,
            let candidates = call?.heard.take(in: generation), !candidates.isEmpty
        else { return }
        perform(.addCandidates(candidates))
    }

    /// Another device of ours answered as well. Each of the two hears of the other, and only the peer knows which one it
    /// takes: whoever is not connected soon has lost.
    private mutating func meetOtherAnswer(_ text: String, now: Date) {
        guard let current = call, current.phase == .connecting, current.direction == .incoming, text != current.answer
        else { return }
        guard current.answer != nil else { return end(.answeredElsewhere, tellsPeer: false, now: now) }
        call?.isContested = true
        let soon = now.addingTimeInterval(CallTimes.contested)
        call?.deadlines.giveUp = min(current.deadlines.giveUp ?? soon, soon)
    }

    mutating func receiveFromSelf(_ signal: CallSignal, _ id: CallID, now: Date) {
        let (reason, verdict): (EndReason, FinishedCalls.Verdict)
        switch signal {
        case .answer: (reason, verdict) = (.answeredElsewhere, .answeredElsewhere)
        case .end: (reason, verdict) = (.declinedElsewhere, .declinedElsewhere)
        default: return
        }
        if isCurrent(id) {
            if call?.isRingingHere == true {
                end(reason, tellsPeer: false, now: now)
            } else if case .answer(let text) = signal {
                meetOtherAnswer(text, now: now)
            }
        } else if rival?.id == id {
            forgetRival(now: now)
        } else if finished.verdict(on: id, at: now) == nil {
            remember(id, verdict, now: now)
        }
    }
}
