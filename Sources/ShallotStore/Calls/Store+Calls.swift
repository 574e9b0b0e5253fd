public import Foundation
import GRDB
import SessionWire

extension Store {
    /// Writes what is now to be said of a call: a new row, or other words in the row that it has.
    /// - Returns: the row; `nil` if the person deleted it meanwhile.
    @discardableResult
    public func recordCall(_ row: CallRow, now: Date) async throws(StoreError) -> MessageID? {
        try await transaction { try $0.recordCall(row, now: now) }
    }

    /// The row of one call speaks of another from now on.
    public func continueCallRow(of call: String, as other: String, now: Date) async throws(StoreError) {
        try await transaction { transaction in
            try transaction.execute(
                """
                INSERT INTO call (id, message, until) SELECT ?2, message, ?3 FROM call WHERE id = ?1
                ON CONFLICT (id) DO UPDATE SET message = excluded.message
                """, [call, other, now.addingTimeInterval(CallRow.life).milliseconds])
            try transaction.execute("UPDATE call SET message = NULL WHERE id = ?", [call])
        }
    }

    /// Keeps that a call is over, and forgets those whose time has come.
    public func rememberCall(_ call: FinishedCallRecord, now: Date) async throws(StoreError) {
        try await transaction { transaction in
            try transaction.execute("DELETE FROM call WHERE until < ?", [now.milliseconds])
            try transaction.execute(
                """
                INSERT INTO call (id, verdict, until) VALUES (?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET verdict = excluded.verdict, until = excluded.until
                """, [call.call, call.verdict, call.until.milliseconds])
        }
    }

    /// Calls that are over, those to be remembered longest last. Those that a crash cut short count as over too.
    public func finishedCalls(now: Date, limit: Int) async throws(StoreError) -> [FinishedCallRecord] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT id, coalesce(verdict, 'recorded') AS verdict, until FROM call WHERE until >= ?
                    ORDER BY until DESC LIMIT ?
                    """, arguments: [now.milliseconds, limit]
            ).reversed().map {
                FinishedCallRecord(call: $0["id"], verdict: $0["verdict"], until: $0.date("until"))
            }
        }
    }
}

extension CallRow {
    /// As long as a call without an end is remembered: longer than any message about it.
    static let life: TimeInterval = 3_600
    /// A sender may have said something in the very same millisecond.
    static let timesTried = 5
}

extension StoreTransaction {
    func recordCall(_ row: CallRow, now: Date) throws -> MessageID? {
        let known = try Row.fetchOne(
            db, sql: "SELECT message, message IS NULL AS is_gone FROM call WHERE id = ?", arguments: [row.call])
        if let known {
            guard let message: Int64 = known["message"] else {
                // A verdict without a row: the end of the call came before its beginning.
                return try Bool.fetchOne(
                    db, sql: "SELECT verdict IS NOT NULL FROM call WHERE id = ?", arguments: [row.call]) == true
                    ? insertCall(row, now: now) : nil
            }
            try execute(
                "UPDATE message SET kind = ?, call_seconds = ?, is_read = ? WHERE id = ?",
                [row.kind.rawValue, row.seconds, row.isRead, message])
            if let rowID = try rowID(of: row.conversation) { touch(rowID) }
            return MessageID(rawValue: message)
        }
        return try insertCall(row, now: now)
    }

    private func insertCall(_ row: CallRow, now: Date) throws -> MessageID? {
        let rowID = try ensureRowID(of: row.conversation, now: now)
        for shift in 0..<CallRow.timesTried {
            try execute(
                """
                INSERT INTO message (conversation, sent_at, author, received_at, is_outgoing, is_read, kind, delivery,
                  sync_state, body, call_seconds) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, '', ?)
                ON CONFLICT (conversation, sent_at, author) DO NOTHING
                """,
                [
                    rowID, row.sentAt.milliseconds + Int64(shift), row.author.blob, now.milliseconds,
                    row.kind == .callOutgoing, row.isRead, row.kind.rawValue, row.seconds,
                ])
            guard db.changesCount > 0 else { continue }
            let id = db.lastInsertedRowID
            try execute(
                """
                INSERT INTO call (id, message, until) VALUES (?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET message = excluded.message
                """, [row.call, id, now.addingTimeInterval(CallRow.life).milliseconds])
            touch(rowID)
            try reveal(rowID)
            return MessageID(rawValue: id)
        }
        return nil
    }
}
