import CSQLite
import CSealedVFS
import Foundation

/// What SQLite answered.
struct SQLiteFailure: Error, Equatable { let code: Int32 }

/// A page that does not open: SQLITE_IOERR | (32 << 8), a macro that Swift does not see.
let badPage = SQLiteFailure(code: 8_202)

/// A bare SQLite connection: the tests look at the VFS without GRDB between.
final class Connection {
    enum Journal: String, CaseIterable, Codable, Sendable { case wal = "WAL", delete = "DELETE" }

    private let handle: OpaquePointer

    /// - Parameter isSealed: otherwise the system's VFS, for comparison.
    init(_ path: String, journal: Journal? = nil, isSealed: Bool = true, cachePages: Int = 200) throws {
        var handle: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE
        let result = sqlite3_open_v2(path, &handle, flags, isSealed ? SEALED_VFS_NAME : nil)
        guard result == SQLITE_OK, let handle else {
            sqlite3_close_v2(handle)
            throw SQLiteFailure(code: result)
        }
        self.handle = handle
        if isSealed {
            let result = sealed_vfs_prepare(handle)
            if result != SQLITE_OK { throw SQLiteFailure(code: result) }
        }
        try run(
            """
            PRAGMA cache_size = \(cachePages); PRAGMA wal_autocheckpoint = 0; PRAGMA recursive_triggers = ON
            """)
        if let journal { try run("PRAGMA journal_mode = \(journal.rawValue)") }
    }

    deinit { sqlite3_close_v2(handle) }

    func run(_ sql: String) throws {
        let result = sqlite3_exec(handle, sql, nil, nil, nil)
        if result != SQLITE_OK { throw SQLiteFailure(code: result) }
    }

    /// All values of all rows as text.
    func rows(_ sql: String) throws -> [[String]] {
        var statement: OpaquePointer?
        let prepared = sqlite3_prepare_v2(handle, sql, -1, &statement, nil)
        guard prepared == SQLITE_OK else { throw SQLiteFailure(code: prepared) }
        defer { sqlite3_finalize(statement) }
        var rows: [[String]] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                rows.append(
                    (0..<sqlite3_column_count(statement)).map { column in
                        sqlite3_column_text(statement, column).map { String(cString: $0) } ?? "NULL"
                    })
            case SQLITE_DONE: return rows
            case let code: throw SQLiteFailure(code: code)
            }
        }
    }

    func value(_ sql: String) throws -> String { try rows(sql).first?.first ?? "" }

    /// Throws unless the database, its indexes and its text index are whole.
    func verify() throws {
        guard try rows("PRAGMA integrity_check") == [["ok"]] else { throw SQLiteFailure(code: SQLITE_CORRUPT) }
        try run("INSERT INTO words(words, rank) VALUES ('integrity-check', 1)")
    }

    /// Everything that is in the tables of `Workload`.
    func contents() throws -> [[String]] {
        try rows("SELECT id, author, body FROM message ORDER BY id")
            + rows("SELECT key, value FROM setting ORDER BY key")
    }
}
