public import Foundation
import GRDB

extension StoreTransaction {
    private static let sentTimeKey = "last-sent-time"

    /// The latest sent time (Unix milliseconds) that this account has given to a message; 0 for none.
    public func lastSentTime() throws -> UInt64 {
        let statement = try db.cachedStatement(sql: "SELECT value FROM preference WHERE key = ?")
        let text = try String.fetchOne(statement, arguments: [Self.sentTimeKey])
        return text.flatMap(UInt64.init) ?? 0
    }

    public func setLastSentTime(_ time: UInt64) throws {
        try execute("INSERT OR REPLACE INTO preference VALUES (?, ?)", [Self.sentTimeKey, String(time)])
    }

    /// Gives an item that nobody has seen, and its message, another sent time. Bytes that name the old one are dropped.
    /// - Parameter createdAt: from when the item's age counts.
    /// - Returns: the item after the change; `nil` if it is gone or has been encoded meanwhile.
    public func restampOutboxItem(_ item: OutboxItem, timestamp: UInt64, createdAt: Date) throws -> OutboxItem? {
        guard let present = try outboxItem(item.id), present.payload == item.payload else { return nil }
        try execute(
            "UPDATE outbox SET timestamp = ?, created_at = ?, payload = NULL WHERE id = ?",
            [Int64(clamping: timestamp), createdAt.milliseconds, item.id.rawValue])
        if let message = present.messageID {
            try execute(
                "UPDATE message SET sent_at = ? WHERE id = ?", [Int64(clamping: timestamp), message.rawValue])
            let statement = try db.cachedStatement(sql: "SELECT conversation FROM message WHERE id = ?")
            if let place = try Int64.fetchOne(statement, arguments: [message.rawValue]) { touch(place) }
        }
        return try outboxItem(item.id)
    }
}
