/// Statements that use what the store uses: rows, indexes, updates, deletes, text search, large values.
struct Workload: RandomNumberGenerator {
    static let schema = """
        CREATE TABLE message (id INTEGER PRIMARY KEY, author TEXT NOT NULL, body TEXT NOT NULL);
        CREATE INDEX message_author ON message(author, id);
        CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL);
        CREATE VIRTUAL TABLE words USING fts5(body, content = 'message', content_rowid = 'id');
        CREATE TRIGGER message_insert AFTER INSERT ON message BEGIN
          INSERT INTO words(rowid, body) VALUES (new.id, new.body); END;
        CREATE TRIGGER message_delete AFTER DELETE ON message BEGIN
          INSERT INTO words(words, rowid, body) VALUES ('delete', old.id, old.body); END;
        CREATE TRIGGER message_update AFTER UPDATE OF body ON message BEGIN
          INSERT INTO words(words, rowid, body) VALUES ('delete', old.id, old.body);
          INSERT INTO words(rowid, body) VALUES (new.id, new.body); END;
        """
    static let vocabulary = ["lantern", "harbour", "copper", "willow", "ember", "granite", "meadow", "thistle"]

    private var state: UInt64
    init(seed: UInt64) { state = seed }

    /// SplitMix64: the same statements for the same seed.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func text() -> String {
        let count = Int.random(in: 0..<20, using: &self) == 0 ? 2_000 : Int.random(in: 1...30, using: &self)
        return (0..<count).map { _ in Self.vocabulary.randomElement(using: &self) ?? "" }.joined(separator: " ")
    }

    mutating func statement() -> String {
        let id = Int.random(in: 1...600, using: &self)
        return switch Int.random(in: 0..<10, using: &self) {
        case 0...4: "INSERT OR REPLACE INTO message VALUES (\(id), 'author \(id % 7)', '\(text())')"
        case 5, 6: "DELETE FROM message WHERE id BETWEEN \(id) AND \(id + 8)"
        case 7: "UPDATE message SET body = '\(text())' WHERE id = \(id)"
        case 8: "INSERT OR REPLACE INTO setting VALUES ('key \(id % 30)', '\(text())')"
        default: "UPDATE message SET author = 'author \(id % 5)' WHERE id > \(id)"
        }
    }

    /// One transaction.
    mutating func transaction() -> String {
        let count = Int.random(in: 1...12, using: &self)
        return "BEGIN;" + (0..<count).map { _ in statement() }.joined(separator: ";") + ";COMMIT"
    }
}
