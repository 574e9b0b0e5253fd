public import Foundation
import GRDB
import SessionWire

extension Store {
    @discardableResult
    public func insertIncoming(_ message: NewIncoming) async throws(StoreError) -> InsertResult {
        try await transaction { try $0.insertIncoming(message) }
    }

    /// Keeps what one poll brought, as one transaction: people, messages in the order given, the hashes that need not be
    /// looked at again and the place to go on from.
    /// - Returns: one result per message.
    @discardableResult
    public func insertIncoming(
        _ batch: [NewIncoming], contacts: [ContactChange] = [], seen: [SeenHash] = [], lastHash: LastHash? = nil,
        now: Date = Date()
    ) async throws(StoreError) -> [InsertResult] {
        try await transaction { transaction in
            for change in contacts { try transaction.upsertContact(change.id, now: now, mutate: change.mutate) }
            let results = try batch.map { try transaction.insertIncoming($0) }
            for hash in seen { try transaction.markSeen(hash) }
            if let lastHash { try transaction.setLastHash(lastHash) }
            return results
        }
    }
}

extension Store {
    /// The serialized content of a message of which something cannot be shown; `nil` for any other.
    public func unshownContent(of id: MessageID) async throws(StoreError) -> [UInt8]? {
        try await read { db in
            let statement = try db.cachedStatement(sql: "SELECT content FROM message WHERE id = ?")
            return try Row.fetchOne(statement, arguments: [id.rawValue])?.bytes("content")
        }
    }
}

extension StoreTransaction {
    @discardableResult
    public func insertIncoming(_ message: NewIncoming) throws -> InsertResult {
        let rowID = try ensureRowID(of: message.conversation, now: message.sentAt)
        try execute(
            """
            INSERT INTO message (conversation, sent_at, author, received_at, is_outgoing, is_read, kind, delivery,
              sync_state, server_hash, body, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (conversation, sent_at, author) DO NOTHING
            """,
            [
                rowID, message.sentAt.milliseconds, message.author.blob, message.receivedAt.milliseconds,
                message.isOutgoing, message.isRead, message.kind.rawValue, message.delivery.code,
                message.syncState.rawValue, message.serverHash?.rawValue, message.body,
                message.unshown.map { Data($0) },
            ])
        guard db.changesCount > 0 else { return .duplicate }
        let id = MessageID(rawValue: db.lastInsertedRowID)
        touch(rowID)
        if message.revealsConversation { try reveal(rowID) }
        return .inserted(id)
    }
}
