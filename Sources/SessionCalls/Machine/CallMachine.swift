public import Foundation
public import SessionWire

/// Decides what happens with calls. It never acts itself: events go in with their time, actions come out, and whoever
/// owns it performs them in order. An event that does not fit the state changes nothing.
///
/// Times are those of the network's clock.
/// - Source: calls.md §3–§5, §10
public struct CallMachine: Sendable {
    /// The call that is going on, or the last one with its end.
    public internal(set) var call: Call?
    /// Calls that are over and must not ring again.
    public internal(set) var finished: FinishedCalls

    /// The peer's call that crossed ours.
    var rival: Call?
    var rivalDecision: Date?
    var early = EarlyCandidates()
    /// Who was told of when, as long as it matters: somebody who calls while calls are off.
    public internal(set) var callsOffTold: [AccountID: Date] = [:]
    var actions: [CallAction] = []

    /// - Parameter finished: what was remembered before a restart.
    public init(finished: FinishedCalls = FinishedCalls()) { self.finished = finished }

    /// Adds what was remembered before a restart; things may have happened since.
    public mutating func recall(_ finished: FinishedCalls, callsOffTold: [AccountID: Date]) {
        self.finished.add(finished)
        self.callsOffTold.merge(callsOffTold) { max($0, $1) }
    }

    /// Moves on and says what has to be done now.
    public mutating func handle(_ event: CallEvent, at now: Date) -> [CallAction] {
        switch event {
        case .place(let id, let peer, let gate): place(id, to: peer, gate: gate, now: now)
        case .accept: accept(now: now)
        case .decline: decline(now: now)
        case .hangUp: hangUp(now: now)
        case .received(let signal, let id, let peer, let sent, let gate):
            if gate.isOpen { receive(signal, id, from: peer, sent: min(sent, now), gate: gate, now: now) }
        case .receivedFromSelf(let signal, let id): receiveFromSelf(signal, id, now: now)
        case .stored(let kind, let id): if isCurrent(id) { didStore(kind, now: now) }
        case .notStored(let kind, let id): if isCurrent(id) { didNotStore(kind, now: now) }
        case .described(let text): didDescribe(text, now: now)
        case .gathered(let candidates):
            if isActive { call?.told.add(candidates, now: now) }
        case .linkUp: linkUp(now: now)
        case .linkDown: linkDown(now: now)
        case .addressesChanged: addressesChanged(now: now)
        case .mediaFailed(let reason): end(.media(reason), tellsPeer: true, now: now)
        case .control(.hangUp): if call?.connectedSince != nil { end(.hungUpThere, tellsPeer: false, now: now) }
        case .control(.video): break
        case .tick: break
        }
        passTime(now: now)
        defer { actions = [] }
        return actions
    }

    /// When `tick` is due at the latest.
    public var nextDeadline: Date? {
        guard let call, !call.hasEnded else { return nil }
        let batch = call.isDescribed ? call.told.due : nil
        return (call.deadlines.all + [batch, call.restart?.next, rivalDecision].compactMap { $0 }).min()
    }

    /// Whether signals are waited for, so that the swarm should be asked every second.
    /// - Source: calls.md §3.4
    public var wantsFastPolling: Bool {
        guard let call, !call.hasEnded else { return false }
        return call.phase != .connected || call.restart?.isGoingOn == true
    }

    var isActive: Bool { call.map { !$0.hasEnded } ?? false }

    func isCurrent(_ id: CallID) -> Bool { isActive && call?.id == id }

    mutating func perform(_ action: CallAction) { actions.append(action) }

    mutating func remember(_ id: CallID, _ verdict: FinishedCalls.Verdict, now: Date) {
        let until = now.addingTimeInterval(FinishedCalls.lifetime)
        finished.insert(id, verdict, until: until, now: now)
        perform(.remember(id, verdict, until: until))
    }
}
