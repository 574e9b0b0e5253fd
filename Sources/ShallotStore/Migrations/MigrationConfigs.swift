import GRDB

/// What devices of an account share: configs as they were last kept, what of them still has to go out, and the columns
/// that show it.
enum MigrationConfigs {
    static func migrate(_ db: Database) throws { try db.execute(sql: columns + tables) }

    private static let columns = """
        ALTER TABLE account ADD COLUMN picture_url TEXT;  -- NULL, as the key: no picture
        ALTER TABLE account ADD COLUMN picture_key BLOB;
        ALTER TABLE conversation ADD COLUMN expiry_mode INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE conversation ADD COLUMN expiry_s INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE conversation ADD COLUMN synced_read_at INTEGER;  -- NULL: no other device said anything

        """

    /// `membership` has the groups and communities; `removed_conversation` when a conversation was removed or hidden;
    /// `config_edit` what was changed here and no other device has seen yet, the latest change of each field.
    private static let tables = """
        CREATE TABLE membership (
          conversation TEXT PRIMARY KEY NOT NULL,
          kind INTEGER NOT NULL,
          name TEXT NOT NULL,
          is_invited INTEGER NOT NULL,
          is_removed INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE config (
          kind TEXT PRIMARY KEY NOT NULL,
          dump BLOB NOT NULL,
          version INTEGER NOT NULL,
          applied_at INTEGER NOT NULL,
          alive_until INTEGER NOT NULL,
          checked_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE config_obsolete (
          hash TEXT PRIMARY KEY NOT NULL,
          noted_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE config_edit (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          kind TEXT NOT NULL,
          field TEXT NOT NULL,
          edit TEXT NOT NULL,
          made_at INTEGER NOT NULL,
          UNIQUE (kind, field)
        ) STRICT;
        CREATE TABLE removed_conversation (
          conversation TEXT PRIMARY KEY NOT NULL,
          removed_at INTEGER NOT NULL
        ) STRICT;
        """
}
