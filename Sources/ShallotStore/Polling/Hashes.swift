public import Foundation
public import SessionWire

/// The hash of something that was looked at and need not be again.
public struct SeenHash: Sendable, Equatable {
    /// How long a hash is kept beyond the expiry of what it names, and without one.
    /// - Source: identity-and-messages.md §3.9
    private static let margin: TimeInterval = 86_400
    private static let withoutExpiry: TimeInterval = 30 * 86_400

    public let hash: MessageHash
    /// From then on it may be forgotten.
    public let expiresAt: Date

    /// - Parameter expiration: when the swarm drops the message, if it said so.
    public init(_ hash: MessageHash, expiration: Date?, now: Date) {
        self.hash = hash
        expiresAt = expiration?.addingTimeInterval(Self.margin) ?? now.addingTimeInterval(Self.withoutExpiry)
    }
}

/// How far a namespace was read on one node. Nodes keep messages in different orders, so each has its own.
public struct LastHash: Sendable, Equatable {
    public var node: ServiceNodeID
    /// The 33 bytes of a group; empty for one's own account.
    public var owner: [UInt8]
    public var namespace: Namespace
    public var hash: MessageHash
    /// When the message itself expires; the node then knows the hash no more.
    public var expiresAt: Date

    public init(node: ServiceNodeID, owner: [UInt8] = [], namespace: Namespace, hash: MessageHash, expiresAt: Date) {
        self.node = node
        self.owner = owner
        self.namespace = namespace
        self.hash = hash
        self.expiresAt = expiresAt
    }
}
