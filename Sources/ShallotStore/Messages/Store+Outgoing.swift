import Foundation
import GRDB
public import SessionWire

extension Store {
    /// Writes down what the user wrote: the row and the item that sends it, together.
    public func insertOutgoing(_ message: NewOutgoing) async throws(StoreError) -> MessageID {
        try await transaction { try $0.insertOutgoing(message) }
    }

    public func message(_ id: MessageID) async throws(StoreError) -> MessageRecord? {
        try await read { try MessageRecord.fetch($0, id) }
    }

    /// Removes messages here, with what still waits to be sent of them.
    public func delete(_ ids: [MessageID]) async throws(StoreError) {
        try await transaction { transaction in for id in ids { try transaction.delete(id) } }
    }

    /// - Parameters:
    ///   - serverHash: kept if given; an earlier one is not removed.
    ///   - syncState: as it is if not given.
    public func setDelivery(
        _ delivery: MessageRecord.Delivery, of id: MessageID, serverHash: MessageHash? = nil,
        syncState: MessageRecord.SyncState? = nil
    ) async throws(StoreError) {
        try await transaction {
            try $0.setDelivery(delivery, of: id, serverHash: serverHash, syncState: syncState)
        }
    }

    public func setSyncState(_ state: MessageRecord.SyncState, of id: MessageID) async throws(StoreError) {
        try await transaction { try $0.setSyncState(state, of: id) }
    }
}

extension StoreTransaction {
    /// - Throws: `StoreError.other` if the conversation has a message of this author and time.
    public func insertOutgoing(_ message: NewOutgoing) throws -> MessageID {
        let rowID = try ensureRowID(of: message.conversation, now: message.now)
        let delivery: MessageRecord.Delivery = message.recipient == nil ? .sent : .waiting
        try execute(
            """
            INSERT INTO message (conversation, sent_at, author, received_at, is_outgoing, is_read, kind, delivery,
              sync_state, body) VALUES (?, ?, ?, ?, 1, 1, ?, ?, 0, ?)
            ON CONFLICT (conversation, sent_at, author) DO NOTHING
            """,
            [
                rowID, message.sentAt.milliseconds, message.author.blob, message.now.milliseconds,
                MessageRecord.Kind.text.rawValue, delivery.code, message.body,
            ])
        guard db.changesCount > 0 else { throw StoreError.other("the time of a message is taken") }
        let id = MessageID(rawValue: db.lastInsertedRowID)
        if let recipient = message.recipient {
            try enqueue(
                NewOutboxItem(
                    messageID: id, conversation: message.conversation, recipient: recipient, kind: .message,
                    payload: message.payload, timestamp: UInt64(clamping: message.sentAt.milliseconds)),
                now: message.now)
        }
        try execute(
            """
            UPDATE conversation SET priority = max(priority, 0), draft = CASE WHEN ? THEN '' ELSE draft END
            WHERE row_id = ?
            """, [message.clearsDraft, rowID])
        touch(rowID)
        return id
    }

    public func message(_ id: MessageID) throws -> MessageRecord? { try MessageRecord.fetch(db, id) }

    public func delete(_ id: MessageID) throws {
        guard let rowID = try conversation(of: id) else { return }
        try execute("DELETE FROM message WHERE id = ?", [id.rawValue])
        touch(rowID)
    }

    public func setDelivery(
        _ delivery: MessageRecord.Delivery, of id: MessageID, serverHash: MessageHash? = nil,
        syncState: MessageRecord.SyncState? = nil
    ) throws {
        guard let rowID = try conversation(of: id) else { return }
        try execute(
            """
            UPDATE message SET delivery = ?, failure = ?, server_hash = coalesce(?, server_hash),
              sync_state = coalesce(?, sync_state) WHERE id = ?
            """,
            [delivery.code, delivery.failure, serverHash?.rawValue, syncState?.rawValue, id.rawValue])
        touch(rowID)
    }

    public func setSyncState(_ state: MessageRecord.SyncState, of id: MessageID) throws {
        guard let rowID = try conversation(of: id) else { return }
        try execute("UPDATE message SET sync_state = ? WHERE id = ?", [state.rawValue, id.rawValue])
        touch(rowID)
    }

    private func conversation(of id: MessageID) throws -> Int64? {
        let statement = try db.cachedStatement(sql: "SELECT conversation FROM message WHERE id = ?")
        return try Int64.fetchOne(statement, arguments: [id.rawValue])
    }
}

extension MessageRecord {
    static func fetch(_ db: Database, _ id: MessageID) throws -> MessageRecord? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(columns), conversation.id AS c_id FROM message
                JOIN conversation ON conversation.row_id = message.conversation WHERE message.id = ?
                """)
        return try statement.first([id.rawValue]) { row in
            try MessageRecord(row, in: try row.conversationID("c_id"))
        }
    }
}
