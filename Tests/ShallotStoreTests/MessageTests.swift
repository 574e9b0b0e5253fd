import Foundation
import SessionWire
import ShallotStore
import Testing

@Suite("Messages") struct MessageTests {
    let store: Store
    init() throws { store = try Store.inMemory() }

    @Test func `the same author and time is one message`() async throws {
        let message = try Sample.incoming(2, second: 1)
        let first = try await store.insertIncoming(message)
        guard case .inserted(let id) = first else { return #expect(Bool(false)) }
        #expect(try await store.insertIncoming(message) == .duplicate)
        let record = try #require(try await store.message(id))
        #expect(record.sentAt == message.sentAt && record.body == "hello" && record.author == message.author)
        #expect(record.conversation == message.conversation && !record.isRead && record.delivery == .none)
    }

    @Test func `a batch is one transaction with people, hashes and the place to go on from`() async throws {
        let node = try #require(ServiceNodeID([UInt8](repeating: 9, count: 32)))
        let results = try await store.insertIncoming(
            [try Sample.incoming(2, second: 1), try Sample.incoming(3, second: 2), try Sample.incoming(2, second: 1)],
            contacts: [ContactChange(try Sample.person(2)) { $0.approvedMe = true }],
            seen: [SeenHash(try Sample.hash(1), expiration: nil, now: Sample.now)],
            lastHash: LastHash(
                node: node, namespace: .messages, hash: try Sample.hash(1), expiresAt: Sample.now.addingTimeInterval(60)
            ))
        #expect(results.count == 3 && results[2] == .duplicate)
        #expect(try await store.contact(Sample.person(2))?.approvedMe == true)
        #expect(try await store.isSeen(Sample.hash(1)))
        #expect(try await !store.isSeen(Sample.hash(2)))
        #expect(try await store.lastHash(node: node, namespace: .messages, now: Sample.now) == Sample.hash(1))
        #expect(
            try await store.lastHash(node: node, namespace: .messages, now: Sample.now.addingTimeInterval(61)) == nil)
        #expect(try await store.lastHash(node: node, namespace: .contacts, now: Sample.now) == nil)
    }

    @Test func `a transaction whose rule throws keeps nothing`() async throws {
        let message = try Sample.incoming(2, second: 1)
        await #expect(throws: StoreError.other("no")) {
            try await store.transaction { transaction in
                try transaction.insertIncoming(message)
                throw StoreError.other("no")
            }
        }
        #expect(try await store.page(message.conversation).isEmpty)
    }

    @Test func `pages go back and forth without gap or repetition, also among equal times`() async throws {
        let conversation = try Sample.conversation(2)
        var batch: [NewIncoming] = []
        for number in 0..<130 {
            var message = try Sample.incoming(UInt8(2 + number % 3), second: number / 3, "\(number)")
            message.conversation = conversation
            batch.append(message)
        }
        try await store.insertIncoming(batch)
        var pages: [MessageRecord] = try await store.page(conversation)
        #expect(pages.count == 50)
        while let first = pages.first {
            let older = try await store.page(conversation, before: first.cursor)
            if older.isEmpty { break }
            pages = older + pages
        }
        #expect(pages.map(\.body) == batch.map(\.body))
        var forward = Array(pages.prefix(1))
        while let last = forward.last {
            let newer = try await store.page(conversation, after: last.cursor, limit: 7)
            if newer.isEmpty { break }
            forward += newer
        }
        #expect(forward == pages)
        let middle = try await store.messages(conversation, from: pages[20].cursor, through: pages[40].cursor)
        #expect(middle == Array(pages[20...40]))
    }

    @Test func `a conversation opens around the first unread message, or at its end`() async throws {
        let conversation = try Sample.conversation(2)
        try await store.insertIncoming((0..<100).map { try Sample.incoming(2, second: $0, "\($0)") })
        try await store.markRead(conversation, upTo: Sample.now.addingTimeInterval(59))
        let window = try await store.aroundUnread(conversation, limit: 20)
        #expect(window.messages.map(\.body) == (50..<70).map(String.init))
        #expect(window.firstUnread == window.messages[10].id && window.hasOlder && window.hasNewer)
        try await store.markRead(conversation, upTo: Sample.now.addingTimeInterval(1_000))
        let end = try await store.aroundUnread(conversation, limit: 20)
        #expect(end.messages.map(\.body) == (80..<100).map(String.init))
        #expect(end.firstUnread == nil && end.hasOlder && !end.hasNewer)
        let around = try await store.around(end.messages[0].id, in: conversation, limit: 10)
        #expect(around.messages.map(\.body) == (75..<85).map(String.init))
        let none = try await store.aroundUnread(Sample.conversation(9))
        #expect(none.messages.isEmpty && !none.hasOlder && !none.hasNewer)
    }

    @Test func `search finds beginnings of words, whatever the case and accents, newest first`() async throws {
        try await store.insertIncoming([
            Sample.incoming(2, second: 1, "Der Schlüssel liegt unter der Matte"),
            Sample.incoming(2, second: 2, "schlussel"), Sample.incoming(3, second: 3, "SCHLÜSSELBUND gefunden"),
            Sample.incoming(3, second: 4, "nothing of the kind"),
        ])
        let hits = try await store.search("schlüss")
        #expect(
            hits.map(\.message.body) == ["SCHLÜSSELBUND gefunden", "schlussel", "Der Schlüssel liegt unter der Matte"])
        #expect(hits[2].snippet.first { $0.isMatch }?.text == "Schlüssel")
        #expect(hits[2].snippet.map(\.text).joined() == "Der Schlüssel liegt unter der Matte")
        #expect(try await store.search("matte schlüss").count == 1)
        #expect(try await store.search("schl", in: Sample.conversation(3)).count == 1)
        #expect(try await store.search("schl", before: hits[0].id, limit: 1).map(\.id) == [hits[1].id])
    }

    @Test(arguments: ["", "   ", "\"", "*", "AND OR NOT", "a\" OR b", "(", "body:x", "NEAR(a b)", "\u{0}", "-", "^a"])
    func `search takes any text`(text: String) async throws {
        try await store.insertIncoming(Sample.incoming(2, second: 1, "something"))
        #expect(try await store.search(text).isEmpty)
    }

    @Test func `removed messages are not found any more`() async throws {
        guard case .inserted(let id) = try await store.insertIncoming(Sample.incoming(2, second: 1, "needle")) else {
            return #expect(Bool(false))
        }
        try await store.delete([id])
        #expect(try await store.search("needle").isEmpty)
        #expect(try await store.message(id) == nil)
        try await store.insertIncoming(Sample.incoming(2, second: 2, "needle"))
        try await store.clearMessages(Sample.conversation(2))
        #expect(try await store.search("needle").isEmpty)
    }

    @Test func `times beyond all bounds are kept as far as they go`() async throws {
        var message = try Sample.incoming(2, second: 1)
        message.sentAt = Date(timeIntervalSince1970: .greatestFiniteMagnitude)
        guard case .inserted(let id) = try await store.insertIncoming(message) else { return #expect(Bool(false)) }
        #expect(try await store.message(id) != nil)
        message.sentAt = Date(timeIntervalSince1970: .nan)
        _ = try await store.insertIncoming(message)
    }
}
