import Foundation

/// What the network and the media engine report, and what happens as time passes.
/// - Source: calls.md §3.4, §5, §6.4
extension CallMachine {
    mutating func didStore(_ kind: SignalKind, now: Date) {
        switch kind {
        case .preOffer:
            guard call?.phase == .outgoingPre else { return }
            call?.phase = .outgoingRinging
            sendOffer()
        case .offer, .answer: call?.isDescribed = true
        case .candidates: call?.told.didStore()
        case .end: break
        }
    }

    mutating func didNotStore(_ kind: SignalKind, now: Date) {
        guard let current = call else { return }
        let endsCall =
            switch kind {
            case .preOffer: current.phase == .outgoingPre
            case .offer: current.phase == .outgoingRinging
            case .answer: current.phase == .connecting && current.direction == .incoming && !current.isDescribed
            case .candidates, .end: false
            }
        // Within a running call the next try follows by itself.
        if endsCall { end(.notSent, tellsPeer: true, now: now) }
        if kind == .candidates { call?.told.sayAgain(now: now) }
    }

    mutating func didDescribe(_ text: String, now: Date) {
        guard let current = call, isActive else { return }
        if current.isUnanswered {
            call?.offer = text
            if current.phase == .outgoingRinging { sendOffer() }
        } else if current.phase == .connecting, current.direction == .incoming, !current.isDescribed {
            call?.answer = text
            perform(.send(.answer(text), current.id, to: current.peer, copied: true))
        } else if current.owesAnswer {
            // Our other devices have long heard who answered.
            call?.owesAnswer = false
            call?.laterAnswer = text
            perform(.send(.answer(text), current.id, to: current.peer, copied: false))
            call?.told.sayAgain(now: now)
        } else if let restart = current.restart, restart.offer == nil {
            call?.restart = ICERestart(
                offer: text, tries: 1, next: now.addingTimeInterval(CallTimes.betweenRestarts))
            perform(.send(.offer(text), current.id, to: current.peer, copied: false))
            call?.told.sayAgain(now: now)
        }
    }

    /// Sends the offer once, when both it and the announcement are ready.
    private mutating func sendOffer() {
        guard let current = call, let offer = current.offer, !current.hasOffered else { return }
        call?.offer = nil
        call?.hasOffered = true
        perform(.send(.offer(offer), current.id, to: current.peer, copied: false))
    }

    /// A new address is a reason to look for a new way at once, unless that is being done.
    mutating func addressesChanged(now: Date) {
        guard let current = call, current.direction == .outgoing, current.restart?.isGoingOn != true else { return }
        if current.phase == .connected || current.phase == .reconnecting { reconnect(now: now) }
    }

    mutating func linkUp(now: Date) {
        switch call?.phase {
        case .connecting:
            call?.phase = .connected
            call?.connectedSince = now
        case .reconnecting: call?.phase = .connected
        case .connected: break
        default: return
        }
        call?.deadlines = CallDeadlines()
        call?.isReceiving = true
        // Whoever we hear has our description, and has taken this device. A restart goes on until it is answered: the
        // engine speaks by its words already.
        call?.isDescribed = true
        call?.isContested = false
    }

    mutating func linkDown(now: Date) {
        call?.isReceiving = false
        if call?.phase == .connected { call?.deadlines.lost = now.addingTimeInterval(CallTimes.beforeReconnecting) }
    }

    /// Looks for a new way to the peer. Only the one who called makes the offer.
    mutating func reconnect(now: Date) {
        guard let current = call else { return }
        call?.phase = .reconnecting
        // The minute begins once, however often the machine changes its place.
        let giveUp = current.deadlines.giveUp ?? now.addingTimeInterval(CallTimes.patience)
        call?.deadlines = CallDeadlines(giveUp: giveUp)
        guard current.direction == .outgoing else { return }
        if current.restart == nil {
            call?.restart = ICERestart()
            perform(.restartICE)
        } else if current.restart?.offer != nil {
            // The same text until it is answered.
            call?.restart?.tries = 0
            call?.restart?.next = now
        }
    }

    /// Nobody agreed to a new way, and the old one bears: some peers hear no offer while they are connected.
    private mutating func stayConnected() {
        call?.phase = .connected
        call?.deadlines = CallDeadlines()
    }

    /// Does what is due.
    mutating func passTime(now: Date) {
        guard let current = call, isActive else { return }
        if let giveUp = current.deadlines.giveUp, giveUp <= now { return giveUpWaiting(now: now) }
        if let rival, let rivalDecision, rivalDecision <= now {
            return answer(rival, insteadTellingPeer: true, now: now)
        }
        if let lost = current.deadlines.lost, lost <= now { reconnect(now: now) }
        if let restart = call?.restart, let next = restart.next, next <= now { offerAgain(restart, now: now) }
        if current.isDescribed, let batch = call?.told.take(now: now) {
            perform(.send(.candidates(batch), current.id, to: current.peer, copied: false))
        }
    }

    private mutating func giveUpWaiting(now: Date) {
        guard let current = call else { return }
        switch current.phase {
        case .outgoingPre, .outgoingRinging: end(.unanswered, tellsPeer: true, now: now)
        case .incomingPre, .incomingRinging:
            end(current.isAccepted ? .notConnected : .unanswered, tellsPeer: true, now: now)
        case .connecting:
            end(current.isContested ? .answeredElsewhere : .notConnected, tellsPeer: true, now: now)
        case .reconnecting where current.isReceiving: stayConnected()
        case .connected, .reconnecting: end(.connectionLost, tellsPeer: true, now: now)
        case .ended: break
        }
    }

    private mutating func offerAgain(_ restart: ICERestart, now: Date) {
        guard let current = call, let offer = restart.offer else { return }
        let isLast = restart.tries + 1 >= CallTimes.restarts
        call?.restart?.tries += 1
        call?.restart?.next = isLast ? nil : now.addingTimeInterval(CallTimes.betweenRestarts)
        perform(.send(.offer(offer), current.id, to: current.peer, copied: false))
        if isLast, current.isReceiving, current.phase == .reconnecting { stayConnected() }
    }
}
