import CSQLite
import CSealedVFS
import Foundation
import Testing

@Suite("Crashes") struct CrashTests {
    @Test func `a transaction cut off at any statement is rolled back from the sealed journal`() throws {
        let place = try Place()
        let connection = try Connection(place.path, journal: .delete, cachePages: 10)
        try connection.run(Workload.schema)
        var workload = Workload(seed: 31)
        for _ in 0..<20 { try connection.run(workload.transaction()) }
        let before = try connection.contents()
        try connection.run("BEGIN")
        for _ in 0..<40 {
            try connection.run(workload.statement())
            let copy = try Place(copying: place)
            #expect(try copy.readAll() == before)
        }
        #expect(try place.read("-journal").count > 4 * Place.page)
    }

    @Test func `a changed record of the journal is not rolled back halfway`() throws {
        let place = try Place()
        let connection = try Connection(place.path, journal: .delete, cachePages: 10)
        try connection.run(Workload.schema)
        var workload = Workload(seed: 32)
        for _ in 0..<20 { try connection.run(workload.transaction()) }
        let before = try connection.contents()
        try connection.run("BEGIN")
        for _ in 0..<40 { try connection.run(workload.statement()) }
        let journal = try place.read("-journal")
        var refused = 0
        for record in 0..<((journal.count - 512) / (Place.page + 8)) {
            for offset in [0, 3, 4, 2_000, 4_060, 4_099] {
                let copy = try Place(copying: place)
                var bytes = journal
                bytes[512 + record * (Place.page + 8) + offset] ^= 1
                try copy.write(bytes, "-journal")
                // Records of the end that was not synced yet do not count: their pages are still untouched.
                guard let contents = try? copy.readAll() else {
                    refused += 1
                    continue
                }
                let isBefore = contents == before
                #expect(isBefore, "record \(record), byte \(offset)")
            }
        }
        #expect(refused > 0)
    }

    /// Commits numbered rows until it is killed, telling each commit to a file first written, then synced.
    private static func write(directory: String, journal: Connection.Journal, after microseconds: UInt32) throws {
        let place = directory + "/test.db"
        var handle: OpaquePointer?
        guard sealed_vfs_add_key(place, Place.key, &handle) == SQLITE_OK else { return }
        let connection = try Connection(place, journal: journal, cachePages: 10)
        try connection.run("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 30")
        let confirmed = open(directory + "/confirmed", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        Thread.detachNewThread {
            usleep(microseconds)
            kill(getpid(), SIGKILL)
        }
        var workload = Workload(seed: UInt64(microseconds))
        var next = Int(try connection.value("SELECT coalesce(max(id), 1000) FROM message")) ?? 1_000
        while true {
            next += 1
            try connection.run(
                """
                BEGIN; INSERT INTO message VALUES (\(next), 'author', '\(workload.text())');
                INSERT OR REPLACE INTO setting VALUES ('key', '\(workload.text())'); COMMIT
                """)
            _ = Glibc.write(confirmed, "x", 1)
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: Connection.Journal.allCases)
    func `what was committed before SIGKILL is there afterwards`(journal: Connection.Journal) async throws {
        let place = try Place()
        try Connection(place.path, journal: journal).run(Workload.schema)
        let directory = place.directory.path
        let mode = journal.rawValue
        for round in 0..<12 {
            let delay = UInt32(8_000 + round * 9_000)
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [directory = directory as String, mode = mode as String, delay = delay as UInt32] in
                guard let journal = Connection.Journal(rawValue: mode) else { return }
                try CrashTests.write(directory: directory, journal: journal, after: delay)
            }
            let confirmed = (try? Data(contentsOf: URL(filePath: directory + "/confirmed")).count) ?? 0
            let connection = try Connection(place.path)
            try connection.verify()
            let rows = Int(try connection.value("SELECT count(*) FROM message")) ?? -1
            // One commit may have happened without being told.
            #expect(rows >= confirmed && rows <= confirmed + 1 + round, "\(rows) rows, \(confirmed) confirmed")
        }
    }
}
