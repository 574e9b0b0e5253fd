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
    public package(set) var isMuted = false
    public package(set) var isCameraOn = false
    /// The screen is shown in place of the camera.
    public package(set) var isSharingScreen = false
    /// The other side shows a picture.
    public package(set) var hasPicture = false
    /// Everything goes through a relay.
    public package(set) var isRelayOnly = false
    /// What does not end the call: devices that are gone, for example.
    public package(set) var troubles: [DeviceTrouble] = []

    package init(
        id: CallID, peer: AccountID, direction: Call.Direction, phase: Call.Phase, isAccepted: Bool = false,
        connectedSince: Date? = nil
    ) {
        (self.id, self.peer, self.direction, self.phase) = (id, peer, direction, phase)
        (self.isAccepted, self.connectedSince) = (isAccepted, connectedSince)
    }

    init(_ call: Call) {
        (id, peer, direction, phase) = (call.id, call.peer, call.direction, call.phase)
        (isAccepted, connectedSince) = (call.isAccepted, call.connectedSince)
    }

    public var isRingingHere: Bool { (phase == .incomingPre || phase == .incomingRinging) && !isAccepted }
    public var hasEnded: Bool { endReason != nil }
    public var endReason: EndReason? { if case .ended(let reason) = phase { reason } else { nil } }
}
