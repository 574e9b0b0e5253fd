public import Foundation
public import SessionWire

/// Something that happened and that a call may depend on.
public enum CallEvent: Sendable {
    /// The user calls. The gate was asked before; a closed one changes nothing.
    case place(CallID, to: AccountID, gate: CallGate)
    case accept
    case decline
    case hangUp
    /// A call message of a contact.
    case received(CallSignal, CallID, from: AccountID, sent: Date, gate: CallGate)
    /// A call message of another device of this account.
    case receivedFromSelf(CallSignal, CallID)
    /// A swarm keeps the signal.
    case stored(SignalKind, CallID)
    /// The signal was tried again and again and has not reached the swarm.
    case notStored(SignalKind, CallID)
    /// The media engine made an offer or an answer; the text that is to be sent.
    case described(String)
    /// The engine found ways to reach this machine.
    case gathered([ICECandidate])
    case linkUp
    case linkDown
    /// The machine's own addresses changed.
    case addressesChanged
    case mediaFailed(MediaFailure)
    case control(ControlMessage)
    /// Time has passed; see ``CallMachine/nextDeadline``.
    case tick
}

/// A signal without its content.
public enum SignalKind: Hashable, Sendable { case preOffer, offer, answer, candidates, end }

extension CallSignal {
    public var kind: SignalKind {
        switch self {
        case .preOffer: .preOffer
        case .offer: .offer
        case .answer: .answer
        case .candidates: .candidates
        case .end: .end
        }
    }
}

/// What has to be done now, in this order.
public enum CallAction: Hashable, Sendable {
    /// - Parameter copied: also to the own swarm, so that the user's other devices stop ringing.
    case send(CallSignal, CallID, to: AccountID, copied: Bool)
    /// Ring for a call from somebody.
    case ring
    /// Let the caller hear that it rings there.
    case ringBack
    case silence
    /// Open devices, gather candidates and make an offer.
    case startOffering
    /// Open devices, gather candidates and answer this offer.
    case startAnswering(PeerDescription)
    case applyAnswer(PeerDescription)
    /// A new offer within the running call; the engine answers it and keeps its keys.
    case applyOffer(PeerDescription)
    /// Make an offer of a new ICE generation.
    case restartICE
    case addCandidates([ICECandidate])
    case stopMedia
    case hangUpOverChannel
    case record(CallRecord)
    /// The row of the first call speaks of the second from now on.
    case continueRecord(of: CallID, as: CallID)
    /// Do not ring for this call again, not even after a restart.
    case remember(CallID, FinishedCalls.Verdict, until: Date)
    /// Say once a day that somebody called while calls are off.
    case tellCallsAreOff(AccountID)
}

/// A row in the conversation about a call. Later ones of the same call replace earlier ones.
/// - Source: calls.md §11
public struct CallRecord: Hashable, Sendable {
    public enum Outcome: Hashable, Sendable {
        case outgoing
        case incoming
        case missed
        case missedCallsOff
    }

    public let id: CallID
    public let peer: AccountID
    public let outcome: Outcome
    /// When it was called, by the clock of the network.
    public let time: Date
    /// `nil` unless sound flowed.
    public var duration: TimeInterval?
    /// Whether the user need not be told any more.
    public var isRead: Bool

    public init(
        id: CallID, peer: AccountID, outcome: Outcome, time: Date, duration: TimeInterval? = nil, isRead: Bool
    ) {
        (self.id, self.peer, self.outcome, self.time) = (id, peer, outcome, time)
        (self.duration, self.isRead) = (duration, isRead)
    }
}
