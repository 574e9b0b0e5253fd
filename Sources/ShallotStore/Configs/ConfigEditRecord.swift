public import Foundation
import GRDB

/// A change of a config that was made on this device.
public struct ConfigEditRecord: Sendable, Equatable {
    public let id: Int64
    /// What it changes: of two edits of one field only the later is kept.
    public let field: String
    /// What was changed, in the writer's own words.
    public let edit: String
    public let madeAt: Date
    /// What it changed in the config, in the writer's own words; `nil` if that was not kept.
    public let trace: String?
    /// How often it was made again because a merge had undone it.
    public let attempts: Int
    /// Whether other devices can see it.
    public let isConfirmed: Bool
}

extension StoreTransaction {
    /// In the order in which they were made.
    public func configEdits(_ kind: String) throws -> [ConfigEditRecord] {
        let statement = try db.cachedStatement(sql: "SELECT * FROM config_edit WHERE kind = ? ORDER BY id")
        return try Row.fetchAll(statement, arguments: [kind]).map(ConfigEditRecord.init)
    }

    public func configEdit(_ kind: String, field: String) throws -> ConfigEditRecord? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM config_edit WHERE kind = ? AND field = ?")
        return try Row.fetchOne(statement, arguments: [kind, field]).map(ConfigEditRecord.init)
    }

    /// Keeps an edit in place of an earlier one of the same field. Nobody has seen it yet.
    public func addConfigEdit(
        _ kind: String, field: String, edit: String, madeAt: Date, trace: String? = nil, attempts: Int = 0
    ) throws {
        try execute(
            """
            INSERT OR REPLACE INTO config_edit (kind, field, edit, made_at, trace, attempts) VALUES (?, ?, ?, ?, ?, ?)
            """, [kind, field, edit, madeAt.milliseconds, trace, attempts])
    }

    public func setConfigTrace(_ trace: String, of id: Int64) throws {
        try execute("UPDATE config_edit SET trace = ? WHERE id = ?", [trace, id])
    }

    /// The number of the latest edit that other devices cannot see; 0 for none.
    public func lastConfigEdit(_ kind: String) throws -> Int64 {
        let statement = try db.cachedStatement(
            sql: "SELECT max(id) FROM config_edit WHERE kind = ? AND is_confirmed = 0")
        return try Int64.fetchOne(statement, arguments: [kind]) ?? 0
    }

    /// Other devices can see these edits from now on. Those of which it is not known what they changed are forgotten.
    public func confirmConfigEdits(_ kind: String, upTo id: Int64) throws {
        try execute("DELETE FROM config_edit WHERE kind = ? AND id <= ? AND trace IS NULL", [kind, id])
        try execute("UPDATE config_edit SET is_confirmed = 1 WHERE kind = ? AND id <= ?", [kind, id])
    }

    public func removeConfigEdit(_ id: Int64) throws { try execute("DELETE FROM config_edit WHERE id = ?", [id]) }
}

extension ConfigEditRecord {
    fileprivate init(_ row: Row) {
        (id, field, edit, madeAt) = (row["id"], row["field"], row["edit"], row.date("made_at"))
        (trace, attempts, isConfirmed) = (row["trace"], row["attempts"], row["is_confirmed"])
    }
}
