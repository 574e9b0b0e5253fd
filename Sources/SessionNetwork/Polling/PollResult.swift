public import SessionWire

/// What one poll brought.
public struct PollResult: Sendable {
    /// Where to go on at this node. Its order is not that of other nodes.
    public struct Position: Equatable, Sendable {
        public let hash: MessageHash
        /// When the message behind the hash goes away, Unix milliseconds; the position is of no use afterwards.
        public let expiration: UInt64

        public init(hash: MessageHash, expiration: UInt64) {
            self.hash = hash
            self.expiration = expiration
        }
    }

    /// The member that answered.
    public let node: ServiceNode
    /// Messages by namespace in the node's order, without expired ones and without those whose hash is not that of
    /// their data. Namespaces without any are absent.
    public let items: [Namespace: [StoredMessage]]
    /// For each namespace with news: to be kept once the items are safe.
    public let positions: [Namespace: Position]
    /// Whether the node holds more: ask it again at once.
    public let more: Bool
    /// Namespaces that were read to their end at this node.
    public let complete: Set<Namespace>
    /// Members of the swarm.
    public let swarmSize: Int

    public init(
        node: ServiceNode, items: [Namespace: [StoredMessage]], positions: [Namespace: Position], more: Bool,
        complete: Set<Namespace> = [], swarmSize: Int = 1
    ) {
        (self.complete, self.swarmSize) = (complete, swarmSize)
        self.node = node
        self.items = items
        self.positions = positions
        self.more = more
    }

    public var isEmpty: Bool { items.isEmpty }
}
