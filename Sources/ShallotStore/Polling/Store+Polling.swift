public import Foundation
import GRDB
public import SessionWire

extension Store {
    /// Those of `hashes` that were seen.
    public func seenHashes(of hashes: [MessageHash]) async throws(StoreError) -> Set<MessageHash> {
        try await read { db in
            let statement = try db.cachedStatement(sql: "SELECT 1 FROM seen_hash WHERE hash = ?")
            return try Set(hashes.filter { try Int.fetchOne(statement, arguments: [$0.rawValue]) != nil })
        }
    }

    public func isSeen(_ hash: MessageHash) async throws(StoreError) -> Bool {
        try await seenHashes(of: [hash]).contains(hash)
    }

    public func markSeen(_ hashes: [SeenHash]) async throws(StoreError) {
        try await transaction { transaction in for hash in hashes { try transaction.markSeen(hash) } }
    }

    /// Forgets hashes whose time is over.
    public func forgetExpiredHashes(now: Date) async throws(StoreError) {
        try await transaction { transaction in
            try transaction.execute("DELETE FROM seen_hash WHERE expires_at <= ?", [now.milliseconds])
            try transaction.execute("DELETE FROM last_hash WHERE expires_at <= ?", [now.milliseconds])
        }
    }

    /// Where to go on reading; `nil` to read from the start.
    /// - Parameter owner: the 33 bytes of a group; empty for one's own account.
    public func lastHash(
        node: ServiceNodeID, owner: [UInt8] = [], namespace: Namespace, now: Date = Date()
    ) async throws(StoreError) -> MessageHash? {
        try await read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT hash FROM last_hash WHERE node = ? AND owner = ? AND namespace = ? AND expires_at > ?
                    """,
                arguments: [Data(node.bytes), Data(owner), namespace.rawValue, now.milliseconds]
            )?.messageHash("hash")
        }
    }

    public func setLastHash(_ lastHash: LastHash) async throws(StoreError) {
        try await transaction { try $0.setLastHash(lastHash) }
    }

    /// Forgets all places, so that everything is read again.
    public func resetLastHashes() async throws(StoreError) {
        try await transaction { try $0.execute("DELETE FROM last_hash", []) }
    }

    /// What the network layer wants to find again: node pool, guards, swarms.
    public func networkState(_ key: String) async throws(StoreError) -> [UInt8]? {
        try await read { db in
            try Data.fetchOne(db, sql: "SELECT value FROM network_state WHERE key = ?", arguments: [key]).map {
                Array($0)
            }
        }
    }

    /// - Parameter value: `nil` removes.
    public func setNetworkState(_ value: [UInt8]?, for key: String) async throws(StoreError) {
        try await transaction { transaction in
            guard let value else { return try transaction.execute("DELETE FROM network_state WHERE key = ?", [key]) }
            try transaction.execute("INSERT OR REPLACE INTO network_state VALUES (?, ?)", [key, Data(value)])
        }
    }
}

extension StoreTransaction {
    public func isSeen(_ hash: MessageHash) throws -> Bool {
        let statement = try db.cachedStatement(sql: "SELECT 1 FROM seen_hash WHERE hash = ?")
        return try Int.fetchOne(statement, arguments: [hash.rawValue]) != nil
    }

    public func markSeen(_ seen: SeenHash) throws {
        try execute(
            """
            INSERT INTO seen_hash VALUES (?, ?)
            ON CONFLICT (hash) DO UPDATE SET expires_at = max(expires_at, excluded.expires_at)
            """, [seen.hash.rawValue, seen.expiresAt.milliseconds])
    }

    public func setLastHash(_ lastHash: LastHash) throws {
        try execute(
            "INSERT OR REPLACE INTO last_hash VALUES (?, ?, ?, ?, ?)",
            [
                Data(lastHash.node.bytes), Data(lastHash.owner), lastHash.namespace.rawValue, lastHash.hash.rawValue,
                lastHash.expiresAt.milliseconds,
            ])
    }
}
