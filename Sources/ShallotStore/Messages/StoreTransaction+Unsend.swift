public import Foundation
import GRDB
public import SessionWire

extension StoreTransaction {
    /// Takes back the message of this author and time: its text goes, a line that says so stays. In Note to Self nothing
    /// stays. What waits to be sent of it is not sent.
    /// - Parameters:
    ///   - conversation: where to look; `nil` for everywhere, for one's own messages.
    ///   - own: the account of this profile.
    /// - Returns: whether there was such a message.
    @discardableResult
    public func unsend(
        author: AccountID, sentAt: Date, in conversation: ConversationID?, own: AccountID
    ) throws -> Bool {
        var isFound = false
        for place in try places(conversation) {
            let statement = try db.cachedStatement(
                sql: "SELECT id FROM message WHERE conversation = ? AND sent_at = ? AND author = ? AND kind IN (?, ?)")
            let found = try Int64.fetchOne(
                statement,
                arguments: [
                    place.rowID, sentAt.milliseconds, author.blob, MessageRecord.Kind.text.rawValue,
                    MessageRecord.Kind.unsupported.rawValue,
                ])
            guard let id = found else { continue }
            isFound = true
            if place.id == ConversationID.account(own).rawValue {
                try execute("DELETE FROM message WHERE id = ?", [id])
            } else {
                try execute("DELETE FROM outbox WHERE message = ?", [id])
                try execute(
                    """
                    UPDATE message SET kind = ?, body = '', content = NULL, is_read = 1, delivery = 0, failure = NULL
                    WHERE id = ?
                    """,
                    [MessageRecord.Kind.deleted.rawValue, id])
            }
            touch(place.rowID)
        }
        return isFound
    }

    /// The conversation, or all of them: a look into each by its index is quicker than one through all messages.
    private func places(_ conversation: ConversationID?) throws -> [(rowID: Int64, id: String)] {
        if let conversation { return try rowID(of: conversation).map { [($0, conversation.rawValue)] } ?? [] }
        return try Row.fetchAll(db, sql: "SELECT row_id, id FROM conversation").map { ($0["row_id"], $0["id"]) }
    }
}
