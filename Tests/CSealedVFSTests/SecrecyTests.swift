import CSQLite
import CSealedVFS
import Foundation
import Testing

@Suite("What is on disk") struct SecrecyTests {
    static let words = Workload.vocabulary + ["message_author", "setting", "CREATE", "words_data", "SQLite format 3"]

    private func expectNothingReadable(in place: Place) throws {
        for file in try FileManager.default.contentsOfDirectory(at: place.directory, includingPropertiesForKeys: nil) {
            let bytes = try Data(contentsOf: file)
            for word in Self.words + Self.words.map({ $0.uppercased() }) {
                #expect(bytes.range(of: Data(word.utf8)) == nil, "\(word) is in \(file.pathExtension)")
            }
        }
    }

    @Test(arguments: Connection.Journal.allCases)
    func `no text, name or header is readable, at rest or in the middle of a transaction`(
        journal: Connection.Journal
    ) throws {
        let place = try Place()
        let connection = try Connection(place.path, journal: journal, cachePages: 10)
        try connection.run(Workload.schema)
        var workload = Workload(seed: 9)
        for _ in 0..<40 { try connection.run(workload.transaction()) }
        try expectNothingReadable(in: place)
        try connection.run("BEGIN")
        for _ in 0..<60 { try connection.run(workload.statement()) }
        if journal == .delete { #expect(try place.read("-journal").count > 4 * Place.page) }
        try expectNothingReadable(in: place)
        try connection.run("COMMIT; PRAGMA wal_checkpoint(PASSIVE)")
        try expectNothingReadable(in: place)
    }

    @Test func `the same page never looks the same twice`() throws {
        let place = try Place()
        let connection = try Connection(place.path, journal: .delete)
        try connection.run(Workload.schema + "INSERT INTO setting VALUES ('a', 'x')")
        let before = try place.read()
        try connection.run("UPDATE setting SET value = 'y'; UPDATE setting SET value = 'x'")
        let after = try place.read()
        #expect(before.block(0, size: Place.page) != after.block(0, size: Place.page))
        #expect(before.count == after.count)
    }

    @Test func `a path without a key cannot be opened`() throws {
        let place = try Place(key: nil)
        #expect(throws: SQLiteFailure(code: SQLITE_CANTOPEN)) { try Connection(place.path).contents() }
        #expect(!FileManager.default.fileExists(atPath: place.path))
    }

    @Test func `nothing can be copied to a path without a key`() throws {
        let place = try Place()
        let connection = try Connection(place.path, journal: .wal)
        try connection.run(Workload.schema)
        let outside = place.directory.appending(path: "copy.db").path
        #expect(throws: SQLiteFailure.self) { try connection.run("VACUUM INTO '\(outside)'") }
        #expect(throws: SQLiteFailure.self) {
            try connection.run("ATTACH '\(outside)' AS copy; CREATE TABLE copy.a(b)")
        }
        #expect(!FileManager.default.fileExists(atPath: outside))
    }

    @Test func `a connection of another VFS is refused`() throws {
        var handle: OpaquePointer?
        #expect(sqlite3_open_v2(":memory:", &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK)
        defer { sqlite3_close_v2(handle) }
        #expect(sealed_vfs_prepare(handle) == SQLITE_MISUSE)
    }

    @Test func `a wrong key opens nothing`() throws {
        let place = try Place()
        try Connection(place.path, journal: .wal).run(Workload.schema)
        try place.lend([UInt8](repeating: 8, count: 32))
        #expect(throws: badPage) { try place.readAll() }
        try place.lend(Place.key)
        #expect(try place.readAll().isEmpty)
    }

    @Test func `a key that was taken back opens nothing more, open files go on`() throws {
        let place = try Place(key: nil)
        var handle: OpaquePointer?
        #expect(sealed_vfs_add_key(place.path, Place.key, &handle) == SQLITE_OK)
        let connection = try Connection(place.path, journal: .delete)
        sealed_vfs_remove_key(handle)
        try connection.run("SELECT 1")
        #expect(throws: SQLiteFailure(code: SQLITE_CANTOPEN)) { try Connection(place.path).contents() }
    }

    @Test func `the fingerprint of a key depends on key and salt`() {
        func check(_ key: UInt8, _ salt: UInt8) -> [UInt8] {
            var out = [UInt8](repeating: 0, count: 32)
            sealed_vfs_check([UInt8](repeating: key, count: 32), [UInt8](repeating: salt, count: 16), &out)
            return out
        }
        #expect(check(1, 1) == check(1, 1))
        #expect(Set([check(1, 1), check(2, 1), check(1, 2)]).count == 3)
    }
}
