import Foundation
import SessionWire
import ShallotStore
import SodiumKit
import Testing

@Suite("Observing", .timeLimit(.minutes(5))) struct ObservationTests {
    let directory: Scratch
    let store: Store

    init() throws {
        directory = try Scratch()
        store = try Store.open(directory: directory.url, key: .random(32))
    }

    @Test func `the list changes with messages, contacts, pins and drafts`() async throws {
        let id = try Sample.conversation(2)
        var lists = store.conversationSummaries().makeAsyncIterator()
        #expect(try await lists.next()?.isEmpty == true)
        try await store.insertIncoming(Sample.incoming(2, second: 1, "one"))
        #expect(try await lists.next()?.first?.conversation.lastMessage?.body == "one")
        try await store.setNickname("Mia", for: Sample.person(2))
        #expect(try await lists.next()?.first?.contact?.displayName == "Mia")
        try await store.setDraft("d", for: id)
        #expect(try await lists.next()?.first?.conversation.draft == "d")
        try await store.deleteContact(Sample.person(2))
        #expect(try await lists.next()?.isEmpty == true)
    }

    @Test func `a conversation ticks for its own messages only`() async throws {
        var ticks = store.messageObservation(try Sample.conversation(2)).makeAsyncIterator()
        #expect(try await ticks.next()?.version == 0)
        try await store.insertIncoming(Sample.incoming(3, second: 1))
        try await store.setDraft("x", for: Sample.conversation(2))
        try await store.insertIncoming(Sample.incoming(2, second: 1))
        let first = try #require(try await ticks.next())
        #expect(first.version > 0)
        let sent = try await store.insertOutgoing(Sample.outgoing(to: 2, second: 2))
        let second = try #require(try await ticks.next())
        #expect(second.version > first.version)
        try await store.setDelivery(.sent, of: sent)
        #expect(try #require(try await ticks.next()).version > second.version)
    }

    @Test func `requests, contacts and settings are observed`() async throws {
        let person = try Sample.person(2)
        let size = Preference("text-size", default: 10)
        var requests = store.requestSummaries().makeAsyncIterator()
        var contact = store.contactObservation(person).makeAsyncIterator()
        var sizes = store.preferenceObservation(size).makeAsyncIterator()
        #expect(try await requests.next()?.isEmpty == true)
        #expect(try await contact.next() == .some(nil))
        #expect(try await sizes.next() == 10)
        try await store.insertIncoming(
            [Sample.incoming(2, second: 1)], contacts: [ContactChange(person) { $0.approvedMe = true }])
        #expect(try await requests.next()?.map(\.id) == [.account(person)])
        #expect(try await contact.next()??.approvedMe == true)
        try await store.setPreference(size, to: 14)
        #expect(try await sizes.next() == 14)
        #expect(try await store.preference(size) == 14)
        #expect(try await store.preference(Preference("text-size", default: "of another type")) == "of another type")
    }

    @Test func `a slow reader gets the newest state, not every one`() async throws {
        var lists = store.conversationSummaries().makeAsyncIterator()
        _ = try await lists.next()
        for number in 0..<50 { try await store.insertIncoming(Sample.incoming(2, second: number)) }
        var reads = 0
        while try await lists.next()?.first?.conversation.unreadCount != 50 { reads += 1 }
        #expect(reads < 50)
    }

    @Test func `observing ends with its task`() async throws {
        let store = store
        let task = Task {
            for try await _ in store.conversationSummaries() {}
            return true
        }
        task.cancel()
        _ = await task.result
    }

    @Test func `a write is finished although its caller was cancelled`() async throws {
        let store = store
        let message = try Sample.incoming(2, second: 1)
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await store.insertIncoming(message)
        }
        task.cancel()
        #expect(try await task.value != .duplicate)
        #expect(try await store.page(message.conversation).count == 1)
    }
}
