public import Foundation
import GRDB
public import SessionWire

/// What makes a message itself within its conversation.
public struct MessageKey: Sendable, Hashable {
    public let author: AccountID
    public let sentAt: Date

    public init(author: AccountID, sentAt: Date) {
        self.author = author
        self.sentAt = sentAt
    }
}

extension StoreTransaction {
    /// Author and time of the messages of a conversation that were sent after `date`.
    public func messageKeys(_ conversation: ConversationID, after date: Date) throws -> [MessageKey] {
        guard let rowID = try rowID(of: conversation) else { return [] }
        let statement = try db.cachedStatement(
            sql: "SELECT author, sent_at FROM message WHERE conversation = ? AND sent_at > ?")
        return try statement.all([rowID, date.milliseconds]) { row in
            MessageKey(author: try row.accountID("author"), sentAt: row.date("sent_at"))
        }
    }
}
