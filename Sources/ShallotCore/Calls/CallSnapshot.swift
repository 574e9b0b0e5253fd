public import Foundation
public import SessionCalls
public import SessionWire

/// A call as it is now.
public struct CallSnapshot: Sendable, Equatable {
    public let id: CallID
    public let peer: AccountID
    public let direction: Call.Direction
    public let phase: Call.Phase
    /// The person said yes; perhaps the offer has not come yet.
    public let isAccepted: Bool
    public let connectedSince: Date?
    public internal(set) var isMuted = false
    public internal(set) var isCameraOn = false
    /// The other side shows a picture.
    public internal(set) var hasPicture = false
    /// Everything goes through a relay.
    public internal(set) var isRelayOnly = false
    /// Trouble that does not end the call: a device that is gone, for example.
    public internal(set) var trouble: String?

    init(_ call: Call) {
        (id, peer, direction, phase) = (call.id, call.peer, call.direction, call.phase)
        (isAccepted, connectedSince) = (call.isAccepted, call.connectedSince)
    }

    public var isRingingHere: Bool { (phase == .incomingPre || phase == .incomingRinging) && !isAccepted }
    public var hasEnded: Bool { endReason != nil }
    public var endReason: EndReason? { if case .ended(let reason) = phase { reason } else { nil } }
}
