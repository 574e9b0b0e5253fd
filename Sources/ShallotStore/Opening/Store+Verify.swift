import GRDB

extension Store {
    /// Reads everything and checks that it hangs together. Takes as long as reading the file; for repair pages and tests.
    /// - Throws: `.damaged`
    public func verify() async throws(StoreError) {
        do {
            try await database.write { db in
                let findings = try String.fetchAll(db, sql: "PRAGMA integrity_check(1)")
                guard findings == ["ok"] else { throw StoreError.damaged("SQLite's check found a fault") }
                try db.execute(sql: "INSERT INTO message_text(message_text, rank) VALUES ('integrity-check', 1)")
            }
        } catch { throw StoreError(error) }
    }
}
