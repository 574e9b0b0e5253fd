public import Foundation
import GRDB
public import SessionWire

extension Store {
    /// Makes the conversation if there is none. An existing one is left as it is, also when hidden.
    public func ensureConversation(_ id: ConversationID, now: Date = Date()) async throws(StoreError) {
        try await transaction { try $0.ensureConversation(id, now: now) }
    }

    /// −1 hides, 0 is normal, above pins.
    public func setPriority(_ priority: Int, for id: ConversationID) async throws(StoreError) {
        try await transaction { try $0.setPriority(priority, for: id) }
    }

    public func setDraft(_ draft: String, for id: ConversationID) async throws(StoreError) {
        try await transaction { try $0.setDraft(draft, for: id) }
    }

    public func setMarkedUnread(_ isMarked: Bool, for id: ConversationID) async throws(StoreError) {
        try await transaction { try $0.setMarkedUnread(isMarked, for: id) }
    }

    /// - Parameter until: `nil` ends it; `.distantFuture` is until turned on again.
    public func setMuted(until: Date?, for id: ConversationID) async throws(StoreError) {
        try await transaction { try $0.setMuted(until: until, for: id) }
    }

    public func setNotificationLevel(
        _ level: ConversationRecord.NotificationLevel, for id: ConversationID
    ) async throws(StoreError) {
        try await transaction {
            try $0.execute(
                "UPDATE conversation SET notification_level = ? WHERE id = ?", [level.rawValue, id.rawValue])
        }
    }

    /// Everything sent up to and including `date` counts as read; also ends "marked as unread".
    public func markRead(_ id: ConversationID, upTo date: Date) async throws(StoreError) {
        try await transaction { try $0.markRead(id, upTo: date) }
    }

    /// Removes the messages and the draft and hides the conversation. The contact stays.
    public func deleteConversation(_ id: ConversationID) async throws(StoreError) {
        try await transaction { try $0.deleteConversation(id) }
    }

    /// Removes the messages; the conversation stays in the list.
    public func clearMessages(_ id: ConversationID) async throws(StoreError) {
        try await transaction { try $0.clearMessages(id) }
    }
}

extension StoreTransaction {
    public func conversation(_ id: ConversationID) throws -> ConversationSummary? {
        try finish()
        return try ConversationSummary.fetch(db, id)
    }

    public func ensureConversation(_ id: ConversationID, now: Date) throws { _ = try ensureRowID(of: id, now: now) }

    public func setPriority(_ priority: Int, for id: ConversationID) throws {
        forgetRevealed()
        try execute("UPDATE conversation SET priority = ? WHERE id = ?", [priority, id.rawValue])
    }

    public func setDraft(_ draft: String, for id: ConversationID) throws {
        try execute("UPDATE conversation SET draft = ? WHERE id = ?", [draft, id.rawValue])
    }

    public func setMarkedUnread(_ isMarked: Bool, for id: ConversationID) throws {
        try execute("UPDATE conversation SET is_marked_unread = ? WHERE id = ?", [isMarked, id.rawValue])
    }

    public func setMuted(until date: Date?, for id: ConversationID) throws {
        try execute("UPDATE conversation SET muted_until = ? WHERE id = ?", [date?.milliseconds, id.rawValue])
    }

    public func markRead(_ id: ConversationID, upTo date: Date) throws {
        guard let rowID = try rowID(of: id) else { return }
        try execute(
            "UPDATE message SET is_read = 1 WHERE conversation = ? AND is_read = 0 AND sent_at <= ?",
            [rowID, date.milliseconds])
        if db.changesCount > 0 { touch(rowID) }
        try execute(
            """
            UPDATE conversation SET is_marked_unread = 0, last_read_at = max(coalesce(last_read_at, ?1), ?1)
            WHERE row_id = ?2 AND (is_marked_unread = 1 OR coalesce(last_read_at < ?1, 1))
            """, [date.milliseconds, rowID])
    }

    public func deleteConversation(_ id: ConversationID) throws {
        try clearMessages(id)
        forgetRevealed()
        try execute(
            "UPDATE conversation SET priority = -1, draft = '', is_marked_unread = 0 WHERE id = ?", [id.rawValue])
    }

    /// Removes the messages that were sent up to a time.
    public func clearMessages(_ id: ConversationID, upTo date: Date) throws {
        guard let rowID = try rowID(of: id) else { return }
        try execute("DELETE FROM message WHERE conversation = ? AND sent_at <= ?", [rowID, date.milliseconds])
        touch(rowID)
    }

    public func clearMessages(_ id: ConversationID) throws {
        guard let rowID = try rowID(of: id) else { return }
        try execute("DELETE FROM message WHERE conversation = ?", [rowID])
        touch(rowID)
    }

    /// Removes the conversation itself, as if it had never been, with what waits to be sent in it.
    public func removeConversation(_ id: ConversationID) throws {
        try execute("DELETE FROM outbox WHERE conversation = ?", [id.rawValue])
        try execute("DELETE FROM conversation WHERE id = ?", [id.rawValue])
        forget(id)
    }

    func ensureRowID(of id: ConversationID, now: Date) throws -> Int64 {
        if let known = try rowID(of: id) { return known }
        try execute(
            "INSERT INTO conversation (id, account_id, created_at, last_activity_at) VALUES (?, ?, ?3, ?3)",
            [id.rawValue, id.accountID?.blob, now.milliseconds])
        let rowID = db.lastInsertedRowID
        remember(rowID, for: id)
        return rowID
    }

    /// Brings a conversation's projection of its messages up to date.
    func refreshSummary(of rowID: Int64) throws {
        try execute(
            """
            UPDATE conversation SET version = version + 1,
              unread_count = (SELECT count(*) FROM message WHERE conversation = ?1 AND is_read = 0),
              (last_message_id, last_kind, last_body, last_author, last_sent_at, last_is_outgoing, last_delivery) = (
                SELECT id, kind, substr(body, 1, \(ConversationRecord.LastMessage.bodyLimit)), author, sent_at,
                  is_outgoing, delivery
                FROM message WHERE conversation = ?1 ORDER BY sent_at DESC, id DESC LIMIT 1)
            WHERE row_id = ?1
            """, [rowID])
        try execute(
            """
            UPDATE conversation SET last_activity_at = last_sent_at
            WHERE row_id = ?1 AND last_sent_at IS NOT NULL AND last_activity_at <> last_sent_at
            """, [rowID])
    }
}
