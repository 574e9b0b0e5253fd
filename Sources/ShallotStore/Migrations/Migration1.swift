import GRDB

/// The first schema: account, contacts, conversations, messages with their text index, outbox, polling state, preferences.
///
/// Times are Unix milliseconds unless a name says otherwise; ids of people are 33 bytes; flags are 0 or 1. A column that
/// may be NULL says why. SQLite does not report changes of tables without row ids, so no observed table is one.
enum Migration1 {
    static func migrate(_ db: Database) throws {
        try db.execute(sql: account + contacts + conversations + messages + outbox + polling + settings)
    }

    private static let account = """
        CREATE TABLE account (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          account_id BLOB NOT NULL,
          seed BLOB NOT NULL,
          display_name TEXT NOT NULL,
          profile_updated_at INTEGER,  -- NULL: never set by a person
          is_phrase_saved INTEGER NOT NULL,
          created_at INTEGER NOT NULL
        ) STRICT;

        """

    private static let contacts = """
        CREATE TABLE contact (
          account_id BLOB PRIMARY KEY NOT NULL,
          name TEXT,  -- NULL: never heard
          nickname TEXT,  -- NULL: none given
          profile_updated_s INTEGER NOT NULL,
          picture_url TEXT,  -- NULL, as the key: no picture
          picture_key BLOB,
          is_approved INTEGER NOT NULL,
          approved_me INTEGER NOT NULL,
          is_blocked INTEGER NOT NULL,
          created_at INTEGER NOT NULL
        ) STRICT;

        """

    /// The `last_…` columns and `unread_count` project `message`; `version` grows with each change of its messages.
    private static let conversations = """
        CREATE TABLE conversation (
          row_id INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          account_id BLOB,  -- NULL: not with one person
          priority INTEGER NOT NULL DEFAULT 0,
          is_marked_unread INTEGER NOT NULL DEFAULT 0,
          last_read_at INTEGER,  -- NULL: never read
          draft TEXT NOT NULL DEFAULT '',
          muted_until INTEGER,  -- NULL: not muted
          notification_level INTEGER NOT NULL DEFAULT 0,
          created_at INTEGER NOT NULL,
          last_activity_at INTEGER NOT NULL,
          unread_count INTEGER NOT NULL DEFAULT 0,
          version INTEGER NOT NULL DEFAULT 0,
          last_message_id INTEGER,  -- NULL, as what follows: no messages
          last_kind INTEGER,
          last_body TEXT,
          last_author BLOB,
          last_sent_at INTEGER,
          last_is_outgoing INTEGER,
          last_delivery INTEGER
        ) STRICT;

        """

    private static let messages = """
        CREATE TABLE message (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          conversation INTEGER NOT NULL REFERENCES conversation(row_id) ON DELETE CASCADE,
          sent_at INTEGER NOT NULL,
          author BLOB NOT NULL,
          received_at INTEGER NOT NULL,
          is_outgoing INTEGER NOT NULL,
          is_read INTEGER NOT NULL,
          kind INTEGER NOT NULL,
          delivery INTEGER NOT NULL,
          failure TEXT,  -- NULL: has not failed
          sync_state INTEGER NOT NULL,
          server_hash TEXT,  -- NULL: not stored in a swarm yet
          body TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX message_timeline ON message(conversation, sent_at, author);
        CREATE INDEX message_unread ON message(conversation, sent_at) WHERE is_read = 0;

        CREATE VIRTUAL TABLE message_text USING fts5(
          body, content = 'message', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
        );
        CREATE TRIGGER message_text_insert AFTER INSERT ON message BEGIN
          INSERT INTO message_text(rowid, body) VALUES (new.id, new.body);
        END;
        CREATE TRIGGER message_text_delete AFTER DELETE ON message BEGIN
          INSERT INTO message_text(message_text, rowid, body) VALUES ('delete', old.id, old.body);
        END;
        CREATE TRIGGER message_text_update AFTER UPDATE OF body ON message BEGIN
          INSERT INTO message_text(message_text, rowid, body) VALUES ('delete', old.id, old.body);
          INSERT INTO message_text(rowid, body) VALUES (new.id, new.body);
        END;

        """

    private static let outbox = """
        CREATE TABLE outbox (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          message INTEGER REFERENCES message(id) ON DELETE CASCADE,  -- NULL: goes out without being a message here
          conversation TEXT NOT NULL,
          recipient BLOB NOT NULL,
          kind INTEGER NOT NULL,
          payload BLOB,  -- NULL: not encoded yet
          timestamp INTEGER NOT NULL,
          attempts INTEGER NOT NULL,
          created_at INTEGER NOT NULL,
          next_attempt_at INTEGER NOT NULL,
          state INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX outbox_message ON outbox(message);

        """

    /// The owner of a last hash is empty for one's own account, 33 bytes for a group's.
    private static let polling = """
        CREATE TABLE seen_hash (
          hash TEXT PRIMARY KEY NOT NULL,
          expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX seen_hash_expiry ON seen_hash(expires_at);
        CREATE TABLE last_hash (
          node BLOB NOT NULL,
          owner BLOB NOT NULL,
          namespace INTEGER NOT NULL,
          hash TEXT NOT NULL,
          expires_at INTEGER NOT NULL,
          PRIMARY KEY (node, owner, namespace)
        ) STRICT, WITHOUT ROWID;

        """

    private static let settings = """
        CREATE TABLE network_state (
          key TEXT PRIMARY KEY NOT NULL,
          value BLOB NOT NULL
        ) STRICT;
        CREATE TABLE preference (
          key TEXT PRIMARY KEY NOT NULL,
          value TEXT NOT NULL
        ) STRICT;
        """
}
