import CSealedVFS
import Foundation
import GRDB
import SessionWire
import SodiumKit
import Testing

@testable import ShallotStore

@Suite("Opening a store") struct OpeningTests {
    let directory: Scratch
    let key = SecretBytes.random(32)
    init() throws { directory = try Scratch() }

    private func open() throws(StoreError) -> Store { try Store.open(directory: directory.url, key: key) }

    /// A closed store with some hundred messages.
    private func fill() async throws {
        let store = try open()
        try await store.insertIncoming((0..<400).map { try Sample.incoming(2, second: $0, "the secret word is \($0)") })
        try store.close()
    }

    /// Opens and touches what a start touches, then everything.
    private func use() async throws {
        let store = try open()
        defer { try? store.close() }
        _ = try await store.account()
        _ = try await store.allConversations()
        _ = try await store.page(Sample.conversation(2), limit: 10_000)
        _ = try await store.search("secret", limit: 1_000)
    }

    @Test func `what was written is there after closing, and files are private`() async throws {
        try await fill()
        let names = try directory.names()
        #expect(names == ["shallot.db", "shallot.check"])
        for name in try directory.names() {
            let mode = try FileManager.default.attributesOfItem(atPath: directory.url.appending(path: name).path)
            #expect((mode[.posixPermissions] as? Int) == 0o600, "\(name)")
        }
        let store = try open()
        #expect(try await store.page(Sample.conversation(2)).count == 50)
        let log = directory.url.appending(path: "shallot.db-wal").path
        let mode = try FileManager.default.attributesOfItem(atPath: log)
        #expect((mode[.posixPermissions] as? Int) == 0o600)
    }

    @Test func `nothing that was written can be read in any file`() async throws {
        let store = try open()
        try await store.saveAccount(
            AccountRecord(accountID: Sample.person(1), seed: key, displayName: "Rosalind", createdAt: Sample.now))
        try await store.insertIncoming((0..<400).map { try Sample.incoming(2, second: $0, "the secret word is \($0)") })
        try await store.setPreference(Preference("colour", default: ""), to: "turquoise")
        let needles = ["secret word", "Rosalind", "turquoise", "conversation", "CREATE TABLE", "message_text"]
        for name in try directory.names() {
            let bytes = Data(try directory.bytes(name))
            for needle in needles.map({ Data($0.utf8) }) + [
                Data([UInt8](repeating: 2, count: 32)), Data(key.copyBytes()),
            ] {
                #expect(bytes.range(of: needle) == nil, "\(name)")
            }
        }
    }

    @Test func `a wrong key is told from damage, and changes nothing`() async throws {
        try await fill()
        let before = try directory.bytes("shallot.db")
        #expect(throws: StoreError.wrongKey) { try Store.open(directory: directory.url, key: .random(32)) }
        #expect(throws: StoreError.wrongKey) { try Store.open(directory: directory.url, key: .random(16)) }
        #expect(try directory.bytes("shallot.db") == before)
        try await use()
    }

    @Test(arguments: [0, 1, 100, 4_096, 5_000, 8_192])
    func `a cut database is damaged, never a new one`(length: Int) async throws {
        try await fill()
        let bytes = try directory.bytes("shallot.db")
        try directory.write(Array(bytes[..<length]), "shallot.db")
        await #expect { try await use() } throws: { if case StoreError.damaged = $0 { true } else { false } }
        #expect(try directory.bytes("shallot.db").count == length)
    }

    @Test func `a database that is gone is damaged, never a new one`() async throws {
        try await fill()
        try FileManager.default.removeItem(at: directory.url.appending(path: "shallot.db"))
        await #expect { try await use() } throws: { if case StoreError.damaged = $0 { true } else { false } }
        let names = try directory.names()
        #expect(names == ["shallot.check"])
    }

    @Test func `a changed byte in any page is damage`() async throws {
        try await fill()
        let good = try directory.bytes("shallot.db")
        for page in [0, 1, 5, good.count / 4_096 / 2, good.count / 4_096 - 1] {
            var bytes = good
            bytes[page * 4_096 + 1_000] ^= 1
            try directory.write(bytes, "shallot.db")
            await #expect("page \(page + 1)") {
                try await use()
                let store = try open()
                defer { try? store.close() }
                try await store.verify()
            } throws: { if case StoreError.damaged = $0 { true } else { false } }
        }
        try directory.write(good, "shallot.db")
        try await use()
    }

    @Test func `a lost or damaged key check is written again when the database opens`() async throws {
        try await fill()
        let check = try directory.bytes("shallot.check")
        for bytes in [[], Array(check.dropLast()), check.map { $0 ^ 1 }, check + [0]] {
            try directory.write(bytes, "shallot.check")
            try await use()
            #expect(try KeyCheck.verdict(in: directory.url, key: key) == .right)
        }
        try FileManager.default.removeItem(at: directory.url.appending(path: "shallot.check"))
        #expect { try Store.open(directory: directory.url, key: .random(32)) } throws: {
            if case StoreError.damaged = $0 { true } else { false }
        }
        try await use()
    }

    @Test func `a start that died before the first commit is begun again`() async throws {
        try directory.write([], "shallot.db")
        try await use()
    }

    @Test func `a log without its database is damage`() async throws {
        try directory.write([1, 2, 3], "shallot.db-wal")
        await #expect { try await use() } throws: { if case StoreError.damaged = $0 { true } else { false } }
    }

    @Test func `a database of a newer version is left alone`() async throws {
        let store = try open()
        try await store.database.write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')")
        }
        try store.close()
        #expect(throws: StoreError.tooNew) { try open() }
    }

    @Test func `each commit is synced, so that a power cut loses none`() async throws {
        let store = try open()
        let level = try await store.database.write { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
        #expect(level == 2)
        let mode = try await store.database.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") }
        #expect(mode == "wal")
    }

    @Test func `a transaction that need not be synced leaves the next ones synced`() async throws {
        struct Refused: Error {}
        let store = try open()
        let syncLevel: @Sendable (StoreTransaction) throws -> Int? = {
            try Int.fetchOne($0.db, sql: "PRAGMA synchronous")
        }
        #expect(try await store.transaction(.ordered, syncLevel) == 1)
        #expect(try await store.transaction(.synced, syncLevel) == 2)
        await #expect(throws: StoreError.self) { try await store.transaction(.ordered) { _ in throw Refused() } }
        #expect(try await store.transaction(.synced, syncLevel) == 2)
    }

    @Test func `a directory that is missing, a file, or open to others is refused by name`() throws {
        let missing = directory.url.appending(path: "none")
        #expect(throws: StoreError.noDirectory) { try Store.open(directory: missing, key: key) }
        chmod(directory.url.path, 0o750)
        #expect(throws: StoreError.unsafePermissions) { try open() }
    }

    @Test func `odd characters in the path do not matter`() async throws {
        let odd = directory.url.appending(path: "ä b?vfs=unix#%41&mode=memory")
        let lock = try DataDirectory.lock(odd)
        let store = try Store.open(directory: lock.url, key: key)
        try await store.insertIncoming(Sample.incoming(2, second: 1))
        try store.close()
        #expect(try FileManager.default.contentsOfDirectory(atPath: odd.path).contains("shallot.db"))
        #expect(
            Data(try Array(Data(contentsOf: odd.appending(path: "shallot.db")))).range(of: Data("message".utf8)) == nil)
    }

    @Test func `clear empties everything`() async throws {
        let store = try open()
        try await store.insertIncoming(Sample.incoming(2, second: 1))
        try await store.clear()
        #expect(try await store.allConversations().isEmpty)
        #expect(try await store.search("hello").isEmpty)
    }
}
