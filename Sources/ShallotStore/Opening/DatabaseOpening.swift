import CSealedVFS
import Foundation
import GRDB
import SodiumKit

/// The steps from a directory and a key to an open store.
struct DatabaseOpening {
    static let fileName = "shallot.db"
    /// Everything that belongs to the database, in the order in which it is removed.
    static let fileNames = [fileName, fileName + "-wal", fileName + "-shm", fileName + "-journal", KeyCheck.fileName]

    /// Connections that read at the same time: a screen and a search.
    private static let readerCount = 2
    /// Page cache of each connection, in KiB. With SQLite's 2 MB a page of messages takes five times as long, as the
    /// same inner pages are opened again and again.
    private static let cacheKiB = 16_384

    let directory: URL
    let key: SecretBytes

    private var file: URL { directory.appending(path: Self.fileName) }

    func open() throws(StoreError) -> Store {
        try DataDirectory.verify(directory)
        guard faccessat(AT_FDCWD, directory.path, W_OK, AT_EACCESS) == 0 else { throw .readOnly }
        guard key.count == Int(SEALED_VFS_KEY_BYTES) else { throw .wrongKey }
        let verdict = try KeyCheck.verdict(in: directory, key: key)
        try judge(verdict)
        try SmallFile.createIfMissing(file)
        let lentKey = try LentKey(path: file.path, key: key)
        let pool = try openPool()
        do {
            if try pool.read(Migrations.all.hasBeenSuperseded) { throw StoreError.tooNew }
            try Migrations.all.migrate(pool)
        } catch {
            try? pool.close()  // the reason for giving up matters more than one that comes after it
            throw StoreError(error)
        }
        if verdict != .right { try KeyCheck.write(to: directory, key: key) }
        return Store(database: pool, lentKey: lentKey)
    }

    /// Decides from the outside whether there may be a database to lose. SQLite would take an empty file for a new
    /// database and throw its log away.
    private func judge(_ verdict: KeyCheck.Verdict) throws(StoreError) {
        if verdict == .wrong { throw .wrongKey }
        let size = try SmallFile.size(file) ?? 0
        if verdict != .absent, size < Int(SEALED_VFS_PAGE_BYTES) {
            throw .damaged("the database file is gone or empty")
        }
        guard size == 0 else { return }
        let log = directory.appending(path: Self.fileName + "-wal")
        if try SmallFile.size(log) ?? 0 > 0 { throw .damaged("the database file is gone, its log is there") }
    }

    private func openPool() throws(StoreError) -> DatabasePool {
        var configuration = Self.commonConfiguration()
        configuration.maximumReaderCount = Self.readerCount
        configuration.prepareDatabase { db in
            let result = sealed_vfs_prepare(db.sqliteConnection)
            guard result == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: result)) }
            try db.execute(sql: "PRAGMA cache_size = -\(Self.cacheKiB)")
        }
        do {
            let pool = try DatabasePool(path: try uri(), configuration: configuration)
            // GRDB sets NORMAL when it enters WAL mode: that survives a killed process, not a power cut.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            return pool
        } catch { throw StoreError(error) }
    }

    /// The database as a URI: the only way to choose the VFS per connection instead of for the whole process. If it were
    /// not understood, `sealed_vfs_prepare` would notice and refuse before anything is written.
    private func uri() throws(StoreError) -> String {
        let plain = CharacterSet(charactersIn: "/-_.~").union(.alphanumerics)
        guard let path = file.path.addingPercentEncoding(withAllowedCharacters: plain) else {
            throw .other("the path cannot be written as a URI")
        }
        return "file:\(path)?vfs=\(SEALED_VFS_NAME)"
    }

    static func commonConfiguration() -> Configuration {
        var configuration = Configuration()
        configuration.label = "shallot.store"
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        return configuration
    }
}
