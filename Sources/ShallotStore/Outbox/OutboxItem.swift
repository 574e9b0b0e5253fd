public import Foundation
import GRDB
public import SessionWire

/// The number of an item of the outbox. Never used twice.
public struct OutboxID: RawRepresentable, Hashable, Comparable, Sendable {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
    public static func < (first: OutboxID, second: OutboxID) -> Bool { first.rawValue < second.rawValue }
}

/// Something that has to reach a swarm, kept until a swarm has confirmed it.
public struct OutboxItem: Sendable, Equatable, Identifiable {
    /// The numbers are on disk: append only.
    public enum Kind: Int, Sendable, CaseIterable {
        case message = 0
        case requestResponse = 1
        /// The copy of a message for one's own devices. Waits in a queue of its own, so that it holds up no message.
        case sync = 2
    }

    public enum State: Int, Sendable, CaseIterable {
        case waiting = 0
        /// Given up; kept so that "try again" sends the same bytes.
        case failed = 1
    }

    public let id: OutboxID
    public let messageID: MessageID?
    public let conversation: ConversationID
    /// Whose swarm it goes to.
    public let recipient: AccountID
    public let kind: Kind
    /// The encoded bytes, once they exist. Storing the same bytes again is the same message to a swarm.
    public var payload: [UInt8]?
    /// Sent time, Unix milliseconds.
    public let timestamp: UInt64
    public var attempts: Int
    public let createdAt: Date
    public var state: State
}

/// An item to be added.
public struct NewOutboxItem: Sendable {
    public var messageID: MessageID?
    public var conversation: ConversationID
    public var recipient: AccountID
    public var kind: OutboxItem.Kind
    public var payload: [UInt8]?
    public var timestamp: UInt64

    public init(
        messageID: MessageID? = nil, conversation: ConversationID, recipient: AccountID, kind: OutboxItem.Kind,
        payload: [UInt8]? = nil, timestamp: UInt64
    ) {
        self.messageID = messageID
        self.conversation = conversation
        self.recipient = recipient
        self.kind = kind
        self.payload = payload
        self.timestamp = timestamp
    }
}

extension OutboxItem {
    init(_ row: Row) throws {
        self.init(
            id: OutboxID(rawValue: row["id"]), messageID: (row["message"] as Int64?).map(MessageID.init(rawValue:)),
            conversation: try row.conversationID("conversation"), recipient: try row.accountID("recipient"),
            kind: try row.value("kind", as: Kind.self), payload: row.bytes("payload"),
            timestamp: UInt64(clamping: row["timestamp"] as Int64), attempts: row["attempts"],
            createdAt: row.date("created_at"), state: try row.value("state", as: State.self))
    }

    static func fetch(_ db: Database, _ id: OutboxID) throws -> OutboxItem? {
        try db.cachedStatement(sql: "SELECT * FROM outbox WHERE id = ?").first([id.rawValue], OutboxItem.init)
    }
}
