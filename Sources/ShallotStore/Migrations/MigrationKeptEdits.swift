import GRDB

/// Edits of configs are kept after other devices could see them, too: a merge may undo them. `trace` is what they changed.
enum MigrationKeptEdits {
    static func migrate(_ db: Database) throws {
        try db.execute(
            sql: """
                ALTER TABLE config_edit ADD COLUMN trace TEXT;  -- NULL: from before traces were kept
                ALTER TABLE config_edit ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
                ALTER TABLE config_edit ADD COLUMN is_confirmed INTEGER NOT NULL DEFAULT 0;
                """)
    }
}
