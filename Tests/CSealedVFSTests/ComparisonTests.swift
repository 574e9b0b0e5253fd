import CSQLite
import CSealedVFS
import Testing

@Suite("A sealed database beside a plain one") struct ComparisonTests {
    @Test(arguments: Connection.Journal.allCases, [1, 2, 3] as [UInt64])
    func `a random workload leaves the same rows`(journal: Connection.Journal, seed: UInt64) throws {
        let sealed = try Place()
        let plain = try Place()
        var one: Connection? = try Connection(sealed.path, journal: journal, cachePages: 20)
        let other = try Connection(plain.path, journal: journal, isSealed: false)
        try one?.run(Workload.schema)
        try other.run(Workload.schema)
        var workload = Workload(seed: seed)
        for round in 0..<120 {
            let sql = workload.transaction()
            try one?.run(sql)
            try other.run(sql)
            if round % 25 == 7 { try one?.run("PRAGMA wal_checkpoint(PASSIVE)") }
            if round % 40 == 20 { try one?.run("VACUUM") }
            if round % 30 == 11 {
                one = nil
                one = try Connection(sealed.path, journal: journal, cachePages: 20)
            }
        }
        try one?.verify()
        #expect(try one?.contents() == other.contents())
        one = nil
        #expect(try sealed.readAll() == other.contents())
    }

    @Test func `two connections see each other's commits`() throws {
        let place = try Place()
        let writer = try Connection(place.path, journal: .wal)
        let reader = try Connection(place.path)
        try writer.run(Workload.schema + "INSERT INTO setting VALUES ('a', '1')")
        #expect(try reader.value("SELECT value FROM setting") == "1")
        try writer.run("UPDATE setting SET value = '2'")
        #expect(try reader.value("SELECT value FROM setting") == "2")
    }

    @Test func `large sorts and temporary tables work without a file`() throws {
        let place = try Place()
        let connection = try Connection(place.path, journal: .wal, cachePages: 10)
        try connection.run(
            """
            CREATE TABLE big AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
              SELECT i, hex(randomblob(100)) AS text FROM n;
            CREATE TEMP TABLE copy AS SELECT * FROM big ORDER BY text;
            CREATE INDEX big_text ON big(text);
            UPDATE big SET text = text || 'x' WHERE i % 3 = 0;
            """)
        #expect(try connection.value("SELECT count(*) FROM temp.copy") == "20000")
        #expect(try connection.rows("PRAGMA integrity_check") == [["ok"]])
    }

    @Test func `pages are never mapped into memory`() throws {
        let place = try Place()
        let connection = try Connection(place.path, journal: .wal)
        #expect(try connection.value("PRAGMA mmap_size = 1000000") == "0")
    }
}
