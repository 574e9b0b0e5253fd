/// What the messenger knows about somebody who calls, or who is to be called.
/// - Source: calls.md §1
public struct CallGate: Hashable, Sendable {
    public var isBlocked: Bool
    /// We accepted this contact.
    public var isApproved: Bool
    /// This contact accepted us.
    public var didApproveUs: Bool
    /// Calls are turned on, on this device.
    public var areCallsOn: Bool

    public init(isBlocked: Bool, isApproved: Bool, didApproveUs: Bool, areCallsOn: Bool) {
        (self.isBlocked, self.isApproved) = (isBlocked, isApproved)
        (self.didApproveUs, self.areCallsOn) = (didApproveUs, areCallsOn)
    }

    /// Whether this person may call us and be called at all. To all others nothing is ever sent: silence reveals
    /// nothing.
    public var isOpen: Bool { isApproved && didApproveUs && !isBlocked }
}
