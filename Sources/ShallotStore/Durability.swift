import GRDB

/// What is certain when a transaction has ended. A killed process undoes neither kind.
/// - Source: SQLite's documentation of `PRAGMA synchronous` in WAL mode.
public enum Durability: Sendable {
    /// It is on the disk.
    case synced
    /// It is on the disk together with the next synced transaction. A power cut before that undoes it, and everything
    /// after it: only for what the program would then simply do again. Costs no wait for the disk.
    case ordered

    /// Runs `body` as one transaction on a connection that syncs its log at each commit.
    func commit<Result>(in db: Database, _ body: () throws -> Result) throws -> Result {
        if self == .ordered { try db.execute(sql: "PRAGMA synchronous = NORMAL") }
        let outcome = Swift.Result { try transaction(in: db, body) }
        if self == .ordered { try db.execute(sql: "PRAGMA synchronous = FULL") }
        return try outcome.get()
    }

    private func transaction<Result>(in db: Database, _ body: () throws -> Result) throws -> Result {
        var result: Result?
        try db.inTransaction {
            result = try body()
            return .commit
        }
        guard let result else { throw StoreError.other("a transaction ended without its result") }
        return result
    }
}
