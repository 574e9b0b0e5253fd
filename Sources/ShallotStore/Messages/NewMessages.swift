public import Foundation
public import SessionWire

/// A message that came from the network: somebody's, or a copy of ours from another device.
public struct NewIncoming: Sendable {
    public var conversation: ConversationID
    public var author: AccountID
    public var sentAt: Date
    public var receivedAt: Date
    public var kind: MessageRecord.Kind
    public var body: String
    public var serverHash: MessageHash?
    /// The serialized content, when something in it has no other place here.
    public var unshown: [UInt8]?
    /// Written by us on another device.
    public var isOutgoing: Bool
    /// Whether it counts as read from the start; true for our own and for lines that nobody wrote.
    public var isRead: Bool
    /// Brings a hidden conversation back into the list.
    public var revealsConversation: Bool

    public init(
        conversation: ConversationID, author: AccountID, sentAt: Date, receivedAt: Date,
        kind: MessageRecord.Kind = .text, body: String, serverHash: MessageHash? = nil, unshown: [UInt8]? = nil,
        isOutgoing: Bool = false, isRead: Bool? = nil, revealsConversation: Bool = true
    ) {
        self.conversation = conversation
        self.author = author
        self.sentAt = sentAt
        self.receivedAt = receivedAt
        self.kind = kind
        self.body = body
        self.serverHash = serverHash
        self.unshown = unshown
        self.isOutgoing = isOutgoing
        self.isRead = isRead ?? (isOutgoing || !kind.isWritten)
        self.revealsConversation = revealsConversation
    }
}

/// What became of an incoming message.
public enum InsertResult: Sendable, Equatable {
    case inserted(MessageID)
    /// The conversation has a message of this author and time.
    case duplicate
}

/// A message that the user wrote here.
public struct NewOutgoing: Sendable {
    public var conversation: ConversationID
    public var author: AccountID
    /// Network time, unique to the millisecond among what this account sends.
    public var sentAt: Date
    public var now: Date
    public var body: String
    /// Whose swarm it goes to; `nil` for a row that is not sent.
    public var recipient: AccountID?
    /// The encoded bytes, if they exist already.
    public var payload: [UInt8]?
    /// Empties the composer in the same transaction.
    public var clearsDraft: Bool

    public init(
        conversation: ConversationID, author: AccountID, sentAt: Date, now: Date, body: String, recipient: AccountID?,
        payload: [UInt8]? = nil, clearsDraft: Bool = true
    ) {
        self.conversation = conversation
        self.author = author
        self.sentAt = sentAt
        self.now = now
        self.body = body
        self.recipient = recipient
        self.payload = payload
        self.clearsDraft = clearsDraft
    }
}

/// A change of a contact that belongs to a batch of messages.
public struct ContactChange: Sendable {
    public var id: AccountID
    public var mutate: @Sendable (inout ContactRecord) -> Void

    public init(_ id: AccountID, mutate: @escaping @Sendable (inout ContactRecord) -> Void) {
        self.id = id
        self.mutate = mutate
    }
}
