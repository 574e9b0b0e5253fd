import GRDB

/// Calls: which are over and must not ring again, and the row that speaks of each.
enum MigrationCalls {
    static func migrate(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE call (
                  id TEXT PRIMARY KEY NOT NULL,
                  message INTEGER REFERENCES message(id) ON DELETE SET NULL,  -- NULL: leaves no row, or it was deleted
                  verdict TEXT,  -- NULL: still going on
                  until INTEGER NOT NULL
                ) STRICT;
                CREATE INDEX call_message ON call(message);
                ALTER TABLE message ADD COLUMN call_seconds INTEGER;  -- NULL: no call, or nobody was reached
                """)
    }
}
