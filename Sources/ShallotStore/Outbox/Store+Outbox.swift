public import Foundation
import GRDB
public import SessionWire

extension Store {
    /// The first waiting item of each queue. A conversation's messages and responses are one queue, so that they arrive in
    /// order; its copies for one's own devices are another.
    public func nextOutboxItems() async throws(StoreError) -> [OutboxItem] {
        try await read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT * FROM outbox
                    WHERE id IN (SELECT min(id) FROM outbox WHERE state = 0 GROUP BY conversation, kind = 2)
                    ORDER BY id
                    """)
            return try statement.all([], OutboxItem.init)
        }
    }

    public func outboxItem(_ id: OutboxID) async throws(StoreError) -> OutboxItem? {
        try await read { try OutboxItem.fetch($0, id) }
    }

    /// The items of one message, oldest first.
    public func outboxItems(of message: MessageID) async throws(StoreError) -> [OutboxItem] {
        try await read { db in
            let statement = try db.cachedStatement(sql: "SELECT * FROM outbox WHERE message = ? ORDER BY id")
            return try statement.all([message.rawValue], OutboxItem.init)
        }
    }

    @discardableResult
    public func enqueue(_ item: NewOutboxItem, now: Date) async throws(StoreError) -> OutboxID {
        try await transaction { try $0.enqueue(item, now: now) }
    }

    /// Keeps the encoded bytes before they are sent for the first time.
    public func setOutboxPayload(_ payload: [UInt8], of id: OutboxID) async throws(StoreError) {
        try await transaction { try $0.setOutboxPayload(payload, of: id) }
    }

    /// Notes failed attempts. When the next one is due is not kept: clocks may jump.
    public func setOutboxAttempts(_ attempts: Int, of id: OutboxID) async throws(StoreError) {
        try await transaction {
            try $0.execute("UPDATE outbox SET attempts = ? WHERE id = ?", [attempts, id.rawValue])
        }
    }

    /// Gives an item up; its message says why.
    public func failOutboxItem(_ id: OutboxID, reason: String) async throws(StoreError) {
        try await transaction { try $0.failOutboxItem(id, reason: reason) }
    }

    /// Starts the given-up items of a message again, with the same bytes. `.waiting` again.
    public func retryOutbox(of message: MessageID, now: Date) async throws(StoreError) {
        try await transaction { try $0.retryOutbox(of: message, now: now) }
    }

    /// Starts again what was given up and nobody saw: copies for one's own devices, and the word that a request was
    /// accepted. Their age goes on: one from yesterday has a single attempt before it is given up again.
    /// - Parameter start: older copies are left alone.
    /// - Returns: whether there were any.
    public func retryUnseenItems(copiesSince start: Date) async throws(StoreError) -> Bool {
        try await transaction { transaction in
            let (copy, response) = (OutboxItem.Kind.sync.rawValue, OutboxItem.Kind.requestResponse.rawValue)
            let statement = try transaction.db.cachedStatement(
                sql: "SELECT * FROM outbox WHERE state = 1 AND (kind = ? OR kind = ? AND created_at >= ?)")
            let failed = try statement.all([response, copy, start.milliseconds], OutboxItem.init)
            for item in failed {
                try transaction.execute("UPDATE outbox SET state = 0, attempts = 0 WHERE id = ?", [item.id.rawValue])
                if let message = item.messageID { try transaction.setSyncState(.waiting, of: message) }
            }
            return !failed.isEmpty
        }
    }

    /// A swarm has confirmed an item: it is removed, its message is `sent` (or synced), the hash counts as seen, and what
    /// has to follow is queued; all in one transaction. After a power cut that undoes it the swarm gets the same bytes
    /// again, which are the same message to it.
    public func finishOutboxItem(
        _ id: OutboxID, hash: MessageHash?, seen: SeenHash? = nil, followedBy next: NewOutboxItem? = nil, now: Date
    ) async throws(StoreError) {
        try await transaction(.ordered) {
            try $0.finishOutboxItem(id, hash: hash, seen: seen, followedBy: next, now: now)
        }
    }

    public func removeOutboxItem(_ id: OutboxID) async throws(StoreError) {
        try await transaction { try $0.execute("DELETE FROM outbox WHERE id = ?", [id.rawValue]) }
    }
}

extension StoreTransaction {
    public func outboxItem(_ id: OutboxID) throws -> OutboxItem? { try OutboxItem.fetch(db, id) }

    /// `next_attempt_at` is of no use any more; the first schema has it.
    @discardableResult
    public func enqueue(_ item: NewOutboxItem, now: Date) throws -> OutboxID {
        try execute(
            """
            INSERT INTO outbox (message, conversation, recipient, kind, payload, timestamp, attempts, created_at,
              next_attempt_at, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?7, 0)
            """,
            [
                item.messageID?.rawValue, item.conversation.rawValue, item.recipient.blob, item.kind.rawValue,
                item.payload.map { Data($0) }, Int64(clamping: item.timestamp), now.milliseconds,
            ])
        return OutboxID(rawValue: db.lastInsertedRowID)
    }

    public func setOutboxPayload(_ payload: [UInt8], of id: OutboxID) throws {
        try execute("UPDATE outbox SET payload = ? WHERE id = ?", [Data(payload), id.rawValue])
    }

    public func failOutboxItem(_ id: OutboxID, reason: String) throws {
        guard let item = try outboxItem(id) else { return }
        try execute("UPDATE outbox SET state = 1 WHERE id = ?", [id.rawValue])
        guard let message = item.messageID else { return }
        if item.kind == .sync {
            try setSyncState(.failed, of: message)
        } else {
            try setDelivery(.failed(reason), of: message)
        }
    }

    public func retryOutbox(of message: MessageID, now: Date) throws {
        let statement = try db.cachedStatement(sql: "SELECT * FROM outbox WHERE message = ? AND state = 1")
        let failed = try statement.all([message.rawValue], OutboxItem.init)
        for item in failed {
            try execute(
                "UPDATE outbox SET state = 0, attempts = 0, created_at = ? WHERE id = ?",
                [now.milliseconds, item.id.rawValue])
            if item.kind == .sync {
                try setSyncState(.waiting, of: message)
            } else {
                try setDelivery(.waiting, of: message)
            }
        }
    }

    public func finishOutboxItem(
        _ id: OutboxID, hash: MessageHash?, seen: SeenHash? = nil, followedBy next: NewOutboxItem? = nil, now: Date
    ) throws {
        guard let item = try outboxItem(id) else { return }
        try execute("DELETE FROM outbox WHERE id = ?", [id.rawValue])
        if let message = item.messageID {
            if item.kind == .sync {
                try setSyncState(.synced, of: message)
            } else {
                try setDelivery(.sent, of: message, serverHash: hash, syncState: next == nil ? nil : .waiting)
            }
        }
        if let seen { try markSeen(seen) }
        if let next { try enqueue(next, now: now) }
    }
}
