public import Foundation
import GRDB
public import SessionWire

/// A conversation with what the list shows of it.
public struct ConversationRecord: Sendable, Equatable, Identifiable {
    /// Which messages raise a notification.
    public enum NotificationLevel: Int, Sendable, CaseIterable { case all = 0, mentions = 1, none = 2 }

    public let id: ConversationID
    /// −1 hidden, 0 normal, above pinned (higher comes first).
    public var priority: Int
    public var isMarkedUnread: Bool
    /// Sent time of the newest message that was read; `nil` if none ever was.
    public var lastReadAt: Date?
    public var unreadCount: Int
    public var draft: String
    /// Sent time of the last message, or when the conversation was begun.
    public var lastActivityAt: Date
    public var lastMessage: LastMessage?
    public var mutedUntil: Date?
    public var notificationLevel: NotificationLevel
    /// When messages go away; `nil` for never.
    public var expiry: Expiry?

    public var isHidden: Bool { priority < 0 }
    public var isPinned: Bool { priority > 0 }

    /// How long messages stay.
    public struct Expiry: Sendable, Equatable {
        /// The numbers are on disk.
        public enum Start: Int, Sendable { case sent = 1, read = 2 }

        public let start: Start
        public let seconds: Int64

        public init(start: Start, seconds: Int64) { (self.start, self.seconds) = (start, seconds) }
    }

    /// Enough of the last message for a line in the list.
    public struct LastMessage: Sendable, Equatable {
        /// Characters of `body` that are kept.
        static let bodyLimit = 200

        public let id: MessageID
        public let kind: MessageRecord.Kind
        /// The beginning of the text.
        public let body: String
        public let author: AccountID
        public let sentAt: Date
        public let isOutgoing: Bool
        /// Without the reason of a failure.
        public let delivery: MessageRecord.Delivery
    }
}

extension ConversationRecord {
    static let columns = """
        conversation.id AS c_id, conversation.priority AS c_priority, conversation.is_marked_unread AS c_is_marked_unread,
        conversation.last_read_at AS c_last_read_at, conversation.unread_count AS c_unread_count,
        conversation.draft AS c_draft, conversation.last_activity_at AS c_last_activity_at,
        conversation.muted_until AS c_muted_until, conversation.notification_level AS c_notification_level,
        conversation.last_message_id AS c_last_message_id, conversation.last_kind AS c_last_kind,
        conversation.last_body AS c_last_body, conversation.last_author AS c_last_author,
        conversation.last_sent_at AS c_last_sent_at, conversation.last_is_outgoing AS c_last_is_outgoing,
        conversation.last_delivery AS c_last_delivery, conversation.expiry_mode AS c_expiry_mode,
        conversation.expiry_s AS c_expiry_s
        """

    init(_ row: Row) throws {
        self.init(
            id: try row.conversationID("c_id"), priority: row["c_priority"], isMarkedUnread: row["c_is_marked_unread"],
            lastReadAt: row.optionalDate("c_last_read_at"), unreadCount: row["c_unread_count"], draft: row["c_draft"],
            lastActivityAt: row.date("c_last_activity_at"), lastMessage: try LastMessage(row),
            mutedUntil: row.optionalDate("c_muted_until"),
            notificationLevel: try row.value("c_notification_level", as: NotificationLevel.self),
            expiry: Expiry.Start(rawValue: row["c_expiry_mode"]).map { Expiry(start: $0, seconds: row["c_expiry_s"]) })
    }
}

extension ConversationRecord.LastMessage {
    fileprivate init?(_ row: Row) throws {
        guard let id = row["c_last_message_id"] as Int64? else { return nil }
        self.init(
            id: MessageID(rawValue: id), kind: try row.value("c_last_kind", as: MessageRecord.Kind.self),
            body: row["c_last_body"], author: try row.accountID("c_last_author"), sentAt: row.date("c_last_sent_at"),
            isOutgoing: row["c_last_is_outgoing"],
            delivery: try MessageRecord.Delivery(code: row["c_last_delivery"], failure: nil))
    }
}
