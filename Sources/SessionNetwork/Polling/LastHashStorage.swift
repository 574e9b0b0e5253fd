public import SessionWire

/// Where the newest message of each node and namespace is remembered, for one account.
/// - Source: identity-and-messages.md §5.2
public struct LastHashStorage: Sendable {
    public var get: @Sendable (ServiceNodeID, Namespace) async -> MessageHash?
    /// Called after the messages were delivered. The position may be dropped when its expiration has passed.
    public var set: @Sendable (ServiceNodeID, Namespace, PollResult.Position) async -> Void

    public init(
        get: @escaping @Sendable (ServiceNodeID, Namespace) async -> MessageHash?,
        set: @escaping @Sendable (ServiceNodeID, Namespace, PollResult.Position) async -> Void
    ) {
        self.get = get
        self.set = set
    }
}
