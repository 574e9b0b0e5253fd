import GRDB

/// What somebody sent and this version cannot show is kept, for one that can.
enum MigrationUnshown {
    static func migrate(_ db: Database) throws {
        try db.execute(
            sql: """
                ALTER TABLE message ADD COLUMN content BLOB;  -- NULL: everything in it is in the row's other columns
                """)
    }
}
