public import Foundation
public import SessionWire

/// One call, from the first signal to the last.
/// - Source: calls.md §10
public struct Call: Hashable, Sendable {
    public enum Direction: Sendable { case outgoing, incoming }

    public enum Phase: Hashable, Sendable {
        /// Ours: the announcement is on its way to the swarm.
        case outgoingPre
        /// Ours: the offer is made or sent, and the other side rings.
        case outgoingRinging
        /// Theirs: it rings, but the offer has not come yet.
        case incomingPre
        /// Theirs: it rings and can be answered at once.
        case incomingRinging
        case connecting
        case connected
        case reconnecting
        case ended(EndReason)
    }

    public let id: CallID
    public let peer: AccountID
    public let direction: Direction
    public internal(set) var phase: Phase
    /// When it began: for calls of others, the time of the first message about it.
    public let began: Date
    /// When sound first flowed. Reconnecting does not change it.
    public internal(set) var connectedSince: Date?
    /// What its row says if it is answered; a call that crossed ours goes on as ours.
    var outcome: CallRecord.Outcome
    /// The user said yes, perhaps before the offer came.
    public internal(set) var isAccepted = false

    /// What the peer offered or answered; of it only the certificate must stay as it was.
    var remote: PeerDescription?
    /// Our first offer, kept until the announcement is stored, and whether it went out.
    var offer: String?
    var hasOffered = false
    /// The engine has an offer of the peer before it, of the running call.
    var owesAnswer = false
    var heard = HeardCandidates()
    var told = ToldCandidates()
    var deadlines = CallDeadlines()
    /// An offer of ours within the running call waits for its answer, perhaps in vain.
    var restart: ICERestart?
    /// The peer has our first offer or answer, so that candidates may follow.
    var isDescribed = false
    /// Our first answer; another device's is told from it.
    var answer: String?
    /// Our answer to the latest offer within the running call, for a peer that did not get it.
    var laterAnswer: String?
    /// Another device of ours has answered too, and the peer takes one of us.
    var isContested = false
    /// Packets come, whatever else is being tried.
    var isReceiving = false

    init(id: CallID, peer: AccountID, direction: Direction, phase: Phase, began: Date) {
        (self.id, self.peer, self.direction, self.phase, self.began) = (id, peer, direction, phase, began)
        outcome = direction == .outgoing ? .outgoing : .incoming
    }

    public var isRingingHere: Bool { phase == .incomingPre || phase == .incomingRinging }
    public var isUnanswered: Bool { phase == .outgoingPre || phase == .outgoingRinging }
    public var hasEnded: Bool { if case .ended = phase { true } else { false } }
}

/// Why a call is over.
public enum EndReason: Hashable, Sendable {
    /// The user hung up, cancelled or declined.
    case hungUpHere
    /// The other side hung up, or its caller gave up before we answered.
    case hungUpThere
    /// The other side declined, or is in another call.
    case declinedThere
    case answeredElsewhere
    case declinedElsewhere
    /// Nobody answered within a minute.
    case unanswered
    /// Answered, but no way between the two was found within a minute.
    case notConnected
    /// A running call lost its connection for a minute.
    case connectionLost
    /// The announcement or the description did not reach the network.
    case notSent
    /// What the other side sent is not safe or not readable.
    case unusable(DescriptionError)
    /// The media were given up.
    case media(MediaFailure)
    /// Both sides called at once, and the other one's call goes on.
    case replaced
}

/// Points in time at which something happens by itself; `nil` for never.
/// - Source: calls.md §3.4, §5
struct CallDeadlines: Hashable, Sendable {
    /// The call ends unless it has got further.
    var giveUp: Date?
    /// A broken connection counts as lost.
    var lost: Date?

    var all: [Date] { [giveUp, lost].compactMap { $0 } }
}

/// A new ICE generation that the peer has not yet agreed to.
/// - Source: calls.md §5
struct ICERestart: Hashable, Sendable {
    /// The offer; the same text at each try.
    var offer: String?
    var tries = 0
    var next: Date?

    /// The engine is making the offer, or it will be sent again.
    var isGoingOn: Bool { offer == nil || next != nil }
}
