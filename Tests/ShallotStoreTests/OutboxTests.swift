import Foundation
import SessionWire
import ShallotStore
import Testing

@Suite("The outbox") struct OutboxTests {
    let store: Store
    init() throws { store = try Store.inMemory() }

    @Test func `what the user wrote is a row and an item at once, and the draft is gone`() async throws {
        let id = try Sample.conversation(2)
        try await store.ensureConversation(id, now: Sample.now)
        try await store.setDraft("hi", for: id)
        let message = try await store.insertOutgoing(Sample.outgoing(to: 2, second: 0))
        let items = try await store.nextOutboxItems()
        #expect(items.map(\.messageID) == [message] && items[0].payload == nil && items[0].kind == .message)
        #expect(items[0].timestamp == UInt64(Sample.now.timeIntervalSince1970 * 1000))
        #expect(try await store.conversation(id)?.conversation.draft == "")
        await #expect(throws: StoreError.self) { try await store.insertOutgoing(Sample.outgoing(to: 2, second: 0)) }
    }

    @Test func `each conversation sends in order, and none waits for another or for copies`() async throws {
        let first = try await store.insertOutgoing(Sample.outgoing(to: 2, second: 0))
        _ = try await store.insertOutgoing(Sample.outgoing(to: 2, second: 1))
        let other = try await store.insertOutgoing(Sample.outgoing(to: 3, second: 2))
        var items = try await store.nextOutboxItems()
        #expect(items.map(\.messageID) == [first, other])
        // The first one fails for now: the second may not overtake it.
        try await store.setOutboxAttempts(1, of: items[0].id)
        items = try await store.nextOutboxItems()
        #expect(items.map(\.messageID) == [first, other] && items[0].attempts == 1)
        let copy = NewOutboxItem(
            messageID: first, conversation: try Sample.conversation(2), recipient: try Sample.person(1), kind: .sync,
            timestamp: 1)
        try await store.finishOutboxItem(items[0].id, hash: Sample.hash(1), followedBy: copy, now: Sample.now)
        items = try await store.nextOutboxItems()
        #expect(items.map(\.kind) == [.message, .message, .sync])
    }

    @Test func `a confirmed message is sent, its hash seen, its copy queued, then synced`() async throws {
        let message = try await store.insertOutgoing(Sample.outgoing(to: 2, second: 0))
        let item = try #require(try await store.nextOutboxItems().first)
        try await store.setOutboxPayload([1, 2, 3], of: item.id)
        #expect(try await store.outboxItem(item.id)?.payload == [1, 2, 3])
        let copy = NewOutboxItem(
            messageID: message, conversation: item.conversation, recipient: try Sample.person(1), kind: .sync,
            timestamp: item.timestamp)
        try await store.finishOutboxItem(
            item.id, hash: Sample.hash(1), seen: SeenHash(Sample.hash(1), expiration: nil, now: Sample.now),
            followedBy: copy, now: Sample.now)
        var record = try #require(try await store.message(message))
        #expect(try record.delivery == .sent && record.serverHash == Sample.hash(1) && record.syncState == .waiting)
        #expect(try await store.isSeen(Sample.hash(1)))
        let sync = try #require(try await store.outboxItems(of: message).first)
        try await store.failOutboxItem(sync.id, reason: "timed-out")
        record = try #require(try await store.message(message))
        #expect(record.delivery == .sent && record.syncState == .failed)
        try await store.retryOutbox(of: message, now: Sample.now)
        try await store.finishOutboxItem(sync.id, hash: nil, now: Sample.now)
        record = try #require(try await store.message(message))
        #expect(try record.delivery == .sent && record.syncState == .synced && record.serverHash == Sample.hash(1))
    }

    @Test func `a given-up message says why and can be tried again with the same bytes`() async throws {
        let message = try await store.insertOutgoing(Sample.outgoing(to: 2, second: 0))
        let item = try #require(try await store.nextOutboxItems().first)
        try await store.setOutboxPayload([9], of: item.id)
        try await store.failOutboxItem(item.id, reason: "rejected")
        #expect(try await store.message(message)?.delivery == .failed("rejected"))
        #expect(try await store.nextOutboxItems().isEmpty)
        try await store.retryOutbox(of: message, now: Sample.now)
        #expect(try await store.message(message)?.delivery == .waiting)
        #expect(try await store.nextOutboxItems().map(\.payload) == [[9]])
        try await store.delete([message])
        #expect(try await store.outboxItem(item.id) == nil)
    }

    @Test func `what nobody sees fail is started again: recent copies, and acceptances however old`() async throws {
        let start = Sample.now.addingTimeInterval(-100)
        var ids: [OutboxID] = []
        for kind in [OutboxItem.Kind.sync, .requestResponse, .message] {
            for age in [50.0, 150] {
                let id = try await store.enqueue(
                    NewOutboxItem(
                        conversation: try Sample.conversation(2), recipient: try Sample.person(2), kind: kind,
                        timestamp: 1),
                    now: Sample.now.addingTimeInterval(-age))
                try await store.failOutboxItem(id, reason: "timed-out")
                ids.append(id)
            }
        }
        #expect(try await store.retryUnseenItems(copiesSince: start))
        var states: [OutboxItem.State?] = []
        for id in ids { states.append(try await store.outboxItem(id)?.state) }
        #expect(states == [.waiting, .failed, .waiting, .waiting, .failed, .failed])
        #expect(try await !store.retryUnseenItems(copiesSince: start))
    }
}
