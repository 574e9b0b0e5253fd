import Foundation
import GRDB
public import SessionWire

extension Store {
    /// Messages that are read at once unless asked otherwise.
    public static let pageSize = 50

    /// The messages before `cursor`, or the newest ones; oldest first.
    public func page(
        _ conversation: ConversationID, before cursor: MessageCursor? = nil, limit: Int = pageSize
    ) async throws(StoreError) -> [MessageRecord] {
        try await read { try MessagePage(conversation).fetch($0, .before(cursor), limit: limit) }
    }

    /// The messages after `cursor`, oldest first.
    public func page(
        _ conversation: ConversationID, after cursor: MessageCursor, limit: Int = pageSize
    ) async throws(StoreError) -> [MessageRecord] {
        try await read { try MessagePage(conversation).fetch($0, .after(cursor), limit: limit) }
    }

    /// All that is now between two places, both included; oldest first. For showing a stretch again after a change.
    public func messages(
        _ conversation: ConversationID, from first: MessageCursor, through last: MessageCursor, limit: Int = 500
    ) async throws(StoreError) -> [MessageRecord] {
        try await read { try MessagePage(conversation).fetch($0, .between(first, last), limit: limit) }
    }

    /// Where to open a conversation: around the first unread message, or at the end if all was read.
    public func aroundUnread(
        _ conversation: ConversationID, limit: Int = pageSize
    ) async throws(StoreError) -> MessageWindow {
        try await read { db in
            let page = MessagePage(conversation)
            return try page.window(db, around: try page.firstUnread(db), limit: limit)
        }
    }

    /// A stretch with `id` in its middle; the end of the conversation if there is no such message.
    public func around(
        _ id: MessageID, in conversation: ConversationID, limit: Int = pageSize
    ) async throws(StoreError) -> MessageWindow {
        try await read { db in
            try MessagePage(conversation).window(db, around: try MessageRecord.fetch(db, id)?.cursor, limit: limit)
        }
    }

    /// Says when messages of `conversation` were added, changed or removed. Many changes at once may give one tick.
    public func messageObservation(_ conversation: ConversationID) -> StoreUpdates<ChangeTick> {
        observe { db in
            let statement = try db.cachedStatement(sql: "SELECT version FROM conversation WHERE id = ?")
            return ChangeTick(version: try Int.fetchOne(statement, arguments: [conversation.rawValue]) ?? 0)
        }
    }
}

/// Reads stretches of one conversation.
struct MessagePage {
    enum Range { case before(MessageCursor?), after(MessageCursor), between(MessageCursor, MessageCursor) }

    private let conversation: ConversationID
    init(_ conversation: ConversationID) { self.conversation = conversation }

    func fetch(_ db: Database, _ range: Range, limit: Int) throws -> [MessageRecord] {
        switch range {
        case .before(nil): try fetch(db, "", [], order: "DESC", limit).reversed()
        case .before(let cursor?):
            try fetch(db, "AND (sent_at, message.id) < (?, ?)", cursor.arguments, order: "DESC", limit).reversed()
        case .after(let cursor):
            try fetch(db, "AND (sent_at, message.id) > (?, ?)", cursor.arguments, order: "ASC", limit)
        case .between(let first, let last):
            try fetch(
                db, "AND (sent_at, message.id) >= (?, ?) AND (sent_at, message.id) <= (?, ?)",
                first.arguments + last.arguments, order: "ASC", limit)
        }
    }

    func firstUnread(_ db: Database) throws -> MessageCursor? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT sent_at, id FROM message
                WHERE conversation = (SELECT row_id FROM conversation WHERE id = ?) AND is_read = 0
                ORDER BY sent_at, id LIMIT 1
                """)
        return try statement.first([conversation.rawValue]) { row in
            MessageCursor(sentAt: row.date("sent_at"), id: MessageID(rawValue: row["id"]))
        }
    }

    func window(_ db: Database, around middle: MessageCursor?, limit: Int) throws -> MessageWindow {
        let limit = max(2, limit)
        guard let middle else {
            let messages = try fetch(db, .before(nil), limit: limit + 1)
            return MessageWindow(
                messages: messages.suffix(limit), firstUnread: nil, hasOlder: messages.count > limit, hasNewer: false)
        }
        let older = try fetch(db, .before(middle), limit: limit / 2 + 1)
        let newer = try fetch(db, .between(middle, .end), limit: limit - limit / 2 + 1)
        let messages = older.suffix(limit / 2) + newer.prefix(limit - limit / 2)
        return MessageWindow(
            messages: Array(messages), firstUnread: messages.first { !$0.isRead }?.id,
            hasOlder: older.count > limit / 2, hasNewer: newer.count > limit - limit / 2)
    }

    private func fetch(
        _ db: Database, _ condition: String, _ arguments: StatementArguments, order: String, _ limit: Int
    ) throws -> [MessageRecord] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(MessageRecord.columns) FROM message
                WHERE conversation = (SELECT row_id FROM conversation WHERE id = ?) \(condition)
                ORDER BY sent_at \(order), message.id \(order) LIMIT ?
                """)
        let all: StatementArguments = [conversation.rawValue] + arguments + [limit]
        return try statement.all(all) { try MessageRecord($0, in: conversation) }
    }
}

extension MessageCursor {
    fileprivate static let end = MessageCursor(sentAt: .distantFuture, id: MessageID(rawValue: .max))
    fileprivate var arguments: StatementArguments { [sentAt.milliseconds, id.rawValue] }
}
