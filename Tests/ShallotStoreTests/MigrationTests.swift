import Foundation
import GRDB
import Testing

@testable import ShallotStore

@Suite("Migrations") struct MigrationTests {
    @Test func `numbers are 1, 2, 3 … in order`() {
        #expect(Migrations.all.migrations == (1...Migrations.all.migrations.count).map(String.init))
    }

    @Test func `from nothing to the first schema: every table takes a row and refuses a wrong type`() throws {
        let queue = try DatabaseQueue()
        try Migrations.all.migrate(queue, upTo: "1")
        try queue.write { db in
            #expect(
                try String.fetchSet(
                    db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%message_text%'"
                )
                .subtracting(["grdb_migrations", "sqlite_sequence"])
                    == [
                        "account", "contact", "conversation", "message", "outbox", "seen_hash", "last_hash",
                        "network_state", "preference",
                    ])
            try db.execute(
                sql: """
                    INSERT INTO conversation (id, created_at, last_activity_at) VALUES ('x', 1, 1);
                    INSERT INTO message VALUES (1, 1, 1, x'05', 1, 0, 0, 0, 0, NULL, 0, NULL, 'körper');
                    """)
            #expect(try Int.fetchOne(db, sql: "SELECT rowid FROM message_text WHERE message_text MATCH 'korper'") == 1)
            #expect(throws: DatabaseError.self) {
                try db.execute(
                    sql: "INSERT INTO conversation (id, created_at, last_activity_at) VALUES ('y', 'soon', 1)")
            }
            try db.execute(sql: "INSERT INTO message_text(message_text, rank) VALUES ('integrity-check', 1)")
        }
    }

    @Test func `from the second schema to the third: rows stay, and configs have a place`() throws {
        let queue = try DatabaseQueue()
        try Migrations.all.migrate(queue, upTo: "2")
        try queue.write { db in
            try db.execute(
                sql: """
                    INSERT INTO account VALUES (1, x'05', x'00', 'Anna', NULL, 1, 1);
                    INSERT INTO conversation (id, created_at, last_activity_at) VALUES ('x', 1, 1);
                    """)
        }
        try Migrations.all.migrate(queue, upTo: "3")
        try queue.write { db in
            let row = try #require(try Row.fetchOne(db, sql: "SELECT * FROM account"))
            #expect(row["display_name"] == "Anna" && (row["picture_url"] as String?) == nil)
            #expect(try Int.fetchOne(db, sql: "SELECT expiry_mode FROM conversation") == 0)
            try db.execute(
                sql: """
                    INSERT INTO membership VALUES ('03', 0, 'Club', 0, 0);
                    INSERT INTO config VALUES ('Contacts', x'00', 1, 1, 1, 1);
                    INSERT INTO config_obsolete VALUES ('hash', 1);
                    INSERT INTO config_edit VALUES (1, 'Contacts', 'a', '{}', 1);
                    INSERT INTO removed_conversation VALUES ('x', 1);
                    """)
            #expect(throws: DatabaseError.self) {
                try db.execute(sql: "INSERT INTO config_edit VALUES (2, 'Contacts', 'a', '{}', 1)")
            }
        }
    }

    @Test func `edits from before traces were kept are still there`() throws {
        let queue = try DatabaseQueue()
        try Migrations.all.migrate(queue, upTo: "3")
        try queue.write { db in
            try db.execute(sql: "INSERT INTO config_edit VALUES (1, 'Contacts', 'a', '{}', 1)")
        }
        try Migrations.all.migrate(queue, upTo: "4")
        try queue.read { db in
            let row = try #require(try Row.fetchOne(db, sql: "SELECT * FROM config_edit"))
            #expect((row["trace"] as String?) == nil && row["attempts"] == 0 && row["is_confirmed"] == 0)
        }
    }

    @Test func `messages from before unshown content was kept are whole`() throws {
        let queue = try DatabaseQueue()
        try Migrations.all.migrate(queue, upTo: "4")
        try queue.write { db in
            try db.execute(
                sql: """
                    INSERT INTO conversation (id, created_at, last_activity_at) VALUES ('x', 1, 1);
                    INSERT INTO message VALUES (1, 1, 1, x'05', 1, 0, 0, 0, 0, NULL, 0, NULL, 'hello', NULL);
                    """)
        }
        try Migrations.all.migrate(queue, upTo: "5")
        try queue.write { db in
            let row = try #require(try Row.fetchOne(db, sql: "SELECT body, content FROM message"))
            #expect(row["body"] == "hello" && (row["content"] as Data?) == nil)
            try db.execute(sql: "UPDATE message SET content = x'00'")
            #expect(throws: DatabaseError.self) { try db.execute(sql: "UPDATE message SET content = 'text'") }
        }
    }
}
