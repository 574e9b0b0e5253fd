public import Foundation
import GRDB
public import SessionWire

/// A config of the account as it is kept.
public struct ConfigRecord: Sendable, Equatable {
    /// The name of its kind.
    public let kind: String
    public var dump: [UInt8]
    /// Grows with each change.
    public var version: Int64
    /// When the newest state that is in it was stored in the swarm, by network time; 1970 for never.
    public var appliedAt: Date
    /// When the first of its stored messages goes away, as far as we know.
    public var aliveUntil: Date
    /// When its life was last lengthened.
    public var checkedAt: Date

    public init(kind: String) {
        (self.kind, dump, version) = (kind, [], 0)
        let never = Date(timeIntervalSince1970: 0)
        (appliedAt, aliveUntil, checkedAt) = (never, never, never)
    }
}

extension Store {
    /// The configs, in no order.
    public func configs() async throws(StoreError) -> [ConfigRecord] {
        try await read { try Row.fetchAll($0, sql: "SELECT * FROM config").map(ConfigRecord.init) }
    }
}

extension StoreTransaction {
    public func configVersion(_ kind: String) throws -> Int64? {
        let statement = try db.cachedStatement(sql: "SELECT version FROM config WHERE kind = ?")
        return try Int64.fetchOne(statement, arguments: [kind])
    }

    public func config(_ kind: String) throws -> ConfigRecord? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM config WHERE kind = ?")
        return try Row.fetchOne(statement, arguments: [kind]).map(ConfigRecord.init)
    }

    public func saveConfig(_ config: ConfigRecord) throws {
        try execute(
            "INSERT OR REPLACE INTO config VALUES (?, ?, ?, ?, ?, ?)",
            [
                config.kind, Data(config.dump), config.version, config.appliedAt.milliseconds,
                config.aliveUntil.milliseconds, config.checkedAt.milliseconds,
            ])
    }

    // MARK: Obsolete messages

    /// Stored messages to be deleted with one of the next pushes.
    public func obsoleteConfigs() throws -> [MessageHash] {
        let statement = try db.cachedStatement(sql: "SELECT hash FROM config_obsolete ORDER BY noted_at, hash")
        return try Row.fetchAll(statement).compactMap { $0.messageHash("hash") }
    }

    public func addObsoleteConfigs(_ hashes: [MessageHash], now: Date) throws {
        for hash in hashes {
            try execute(
                "INSERT INTO config_obsolete VALUES (?, ?) ON CONFLICT (hash) DO NOTHING",
                [hash.rawValue, now.milliseconds])
        }
    }

    public func removeObsoleteConfigs(_ hashes: [MessageHash]) throws {
        for hash in hashes { try execute("DELETE FROM config_obsolete WHERE hash = ?", [hash.rawValue]) }
    }

    /// Forgets hashes that no swarm keeps any more.
    public func forgetObsoleteConfigs(before date: Date) throws {
        try execute("DELETE FROM config_obsolete WHERE noted_at < ?", [date.milliseconds])
    }
}

extension ConfigRecord {
    init(_ row: Row) throws {
        self.init(kind: row["kind"])
        dump = row.bytes("dump") ?? []
        version = row["version"]
        (appliedAt, aliveUntil, checkedAt) = (row.date("applied_at"), row.date("alive_until"), row.date("checked_at"))
    }
}
