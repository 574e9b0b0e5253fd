public import Foundation
import GRDB
public import SessionWire

/// What all devices of an account agree on about a conversation, beside the person it is with.
public struct SharedTraits: Sendable, Equatable {
    /// −1 hides, 0 is normal, above pins.
    public var priority: Int
    /// `nil`: not muted.
    public var mutedUntil: Date?
    public var expiry: ConversationRecord.Expiry?
    /// When it was begun; sorts a conversation without messages.
    public var createdAt: Date

    public init(priority: Int, mutedUntil: Date?, expiry: ConversationRecord.Expiry?, createdAt: Date) {
        (self.priority, self.mutedUntil) = (priority, mutedUntil)
        (self.expiry, self.createdAt) = (expiry, createdAt)
    }
}

extension StoreTransaction {
    /// Whether and how high the conversation is in the list; `nil` if there is none.
    public func priority(of id: ConversationID) throws -> Int? {
        let statement = try db.cachedStatement(sql: "SELECT priority FROM conversation WHERE id = ?")
        return try Int.fetchOne(statement, arguments: [id.rawValue])
    }

    /// Writes what devices agreed on.
    /// - Parameter creates: whether a conversation that is not there comes into being.
    public func apply(_ traits: SharedTraits, to id: ConversationID, creates: Bool) throws {
        if creates { _ = try ensureRowID(of: id, now: traits.createdAt) }
        forgetRevealed()
        let values: StatementArguments = [
            traits.priority, traits.mutedUntil?.milliseconds, traits.expiry?.start.rawValue ?? 0,
            traits.expiry?.seconds ?? 0, id.rawValue,
        ]
        try execute(
            """
            UPDATE conversation SET priority = ?1, muted_until = ?2, expiry_mode = ?3, expiry_s = ?4
            WHERE id = ?5 AND (priority, muted_until, expiry_mode, expiry_s) IS NOT (?1, ?2, ?3, ?4)
            """, values)
    }

    /// Another device read everything sent up to `date`, which may be the past; what it marked by hand counts as it is.
    public func applyReading(_ id: ConversationID, upTo date: Date?, isMarkedUnread: Bool) throws {
        guard let rowID = try rowID(of: id) else { return }
        if let date {
            try execute(
                "UPDATE message SET is_read = 1 WHERE conversation = ? AND is_read = 0 AND sent_at <= ?",
                [rowID, date.milliseconds])
            if db.changesCount > 0 { touch(rowID) }
            try execute(
                """
                UPDATE conversation SET last_read_at = max(coalesce(last_read_at, ?1), ?1),
                  synced_read_at = max(coalesce(synced_read_at, ?1), ?1)
                WHERE row_id = ?2
                """, [date.milliseconds, rowID])
        }
        try execute(
            "UPDATE conversation SET is_marked_unread = ?1 WHERE row_id = ?2 AND is_marked_unread <> ?1",
            [isMarkedUnread, rowID])
    }

    /// How far other devices have read; `nil` if none said anything.
    public func syncedReadAt(_ id: ConversationID) throws -> Date? {
        let statement = try db.cachedStatement(sql: "SELECT synced_read_at FROM conversation WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [id.rawValue])?.optionalDate("synced_read_at")
    }

    /// Everything that the conversations' rows say, for configs that begin with it.
    public func allConversations() throws -> [ConversationRecord] {
        let statement = try db.cachedStatement(sql: "SELECT \(ConversationRecord.columns) FROM conversation")
        return try statement.all([], ConversationRecord.init)
    }

    /// All people known here.
    public func allContacts() throws -> [ContactRecord] { try ContactRecord.fetchAll(db) }

    // MARK: Removed conversations

    /// When the conversation was last removed or hidden, here or on another device: older messages stay away.
    public func removalDate(of id: ConversationID) throws -> Date? {
        let statement = try db.cachedStatement(
            sql: "SELECT removed_at FROM removed_conversation WHERE conversation = ?")
        return try Row.fetchOne(statement, arguments: [id.rawValue])?.optionalDate("removed_at")
    }

    public func noteRemoval(of id: ConversationID, at date: Date) throws {
        try execute(
            """
            INSERT INTO removed_conversation VALUES (?, ?)
            ON CONFLICT (conversation) DO UPDATE SET removed_at = max(removed_at, excluded.removed_at)
            """, [id.rawValue, date.milliseconds])
    }

    /// Forgets removals that no message is old enough for any more.
    public func forgetRemovals(before date: Date) throws {
        try execute("DELETE FROM removed_conversation WHERE removed_at < ?", [date.milliseconds])
    }
}
