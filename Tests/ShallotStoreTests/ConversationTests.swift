import Foundation
import SessionWire
import ShallotStore
import SodiumKit
import Testing

@Suite("Conversations") struct ConversationTests {
    let store: Store
    init() throws { store = try Store.inMemory() }

    private func approve(_ numbers: UInt8...) async throws {
        for number in numbers { try await store.setApproved(true, for: Sample.person(number)) }
    }

    @Test func `the list has pinned ones first, then the newest`() async throws {
        try await approve(2, 3, 4)
        try await store.insertIncoming([2, 3, 4].map { try Sample.incoming($0, second: Int($0)) })
        #expect(try await store.allConversations().map(\.id) == [4, 3, 2].map { try Sample.conversation($0) })
        try await store.setPriority(1, for: Sample.conversation(2))
        #expect(try await store.allConversations().map(\.id) == [2, 4, 3].map { try Sample.conversation($0) })
        try await store.setPriority(-1, for: Sample.conversation(4))
        #expect(try await store.allConversations().map(\.id) == [2, 3].map { try Sample.conversation($0) })
    }

    @Test func `last message and unread count follow what happens to messages`() async throws {
        let id = try Sample.conversation(2)
        let results = try await store.insertIncoming((0..<3).map { try Sample.incoming(2, second: $0, "text \($0)") })
        var record = try #require(try await store.conversation(id)).conversation
        #expect(record.unreadCount == 3 && record.lastMessage?.body == "text 2")
        #expect(record.lastActivityAt == Sample.now.addingTimeInterval(2))
        guard case .inserted(let last) = results[2] else { return #expect(Bool(false)) }
        try await store.delete([last])
        record = try #require(try await store.conversation(id)).conversation
        #expect(record.unreadCount == 2 && record.lastMessage?.body == "text 1")
        try await store.markRead(id, upTo: Sample.now)
        record = try #require(try await store.conversation(id)).conversation
        #expect(record.unreadCount == 1 && record.lastReadAt == Sample.now)
        let sent = try await store.insertOutgoing(Sample.outgoing(to: 2, second: 9, String(repeating: "x", count: 500)))
        record = try #require(try await store.conversation(id)).conversation
        #expect(record.lastMessage?.id == sent && record.lastMessage?.delivery == .waiting)
        #expect(record.lastMessage?.body.count == 200 && record.unreadCount == 1)
        try await store.setDelivery(.failed("offline"), of: sent)
        #expect(try await store.conversation(id)?.conversation.lastMessage?.delivery == .failed(""))
        #expect(try await store.message(sent)?.delivery == .failed("offline"))
        try await store.clearMessages(id)
        record = try #require(try await store.conversation(id)).conversation
        #expect(record.lastMessage == nil && record.unreadCount == 0)
    }

    @Test func `reading never goes back, and ends the mark`() async throws {
        let id = try Sample.conversation(2)
        try await store.insertIncoming((0..<3).map { try Sample.incoming(2, second: $0) })
        try await store.setMarkedUnread(true, for: id)
        #expect(try await store.conversation(id)?.conversation.isMarkedUnread == true)
        try await store.markRead(id, upTo: Sample.now.addingTimeInterval(1))
        try await store.markRead(id, upTo: Sample.now)
        let record = try #require(try await store.conversation(id)).conversation
        #expect(record.lastReadAt == Sample.now.addingTimeInterval(1) && !record.isMarkedUnread)
        #expect(record.unreadCount == 1)
    }

    @Test func `who wrote without being accepted is a request, unless blocked or oneself`() async throws {
        let me = try Sample.person(1)
        try await store.saveAccount(
            AccountRecord(accountID: me, seed: SecretBytes.random(16), displayName: "Me", createdAt: Sample.now))
        try await store.upsertContact(Sample.person(2)) { $0.approvedMe = true }
        try await store.upsertContact(Sample.person(3)) { ($0.approvedMe, $0.isBlocked) = (true, true) }
        try await store.upsertContact(Sample.person(4)) { $0.isApproved = true }
        try await store.upsertContact(me) { $0.approvedMe = true }
        for number: UInt8 in 1...5 { try await store.ensureConversation(Sample.conversation(number), now: Sample.now) }
        #expect(try await store.allRequests().map(\.id) == [Sample.conversation(2)])
        let list = try await store.allConversations()
        let expected = try Set([1, 4, 5].map { try Sample.conversation($0) })
        #expect(Set(list.map(\.id)) == expected)
        #expect(try list.filter(\.isNoteToSelf).map(\.id) == [Sample.conversation(1)])
        try await store.setApproved(true, for: Sample.person(2))
        #expect(try await store.allRequests().isEmpty)
    }

    @Test func `a deleted conversation is hidden and empty, and comes back with the next message`() async throws {
        let id = try Sample.conversation(2)
        try await store.insertIncoming(Sample.incoming(2, second: 1))
        try await store.setDraft("half a thought", for: id)
        try await store.deleteConversation(id)
        #expect(try await store.allConversations().isEmpty)
        #expect(try await store.conversation(id)?.conversation.draft == "")
        var quiet = try Sample.incoming(2, second: 2)
        quiet.revealsConversation = false
        try await store.insertIncoming(quiet)
        #expect(try await store.allConversations().isEmpty)
        try await store.insertIncoming(Sample.incoming(2, second: 3))
        #expect(try await store.allConversations().map(\.id) == [id])
    }

    @Test func `a deleted contact leaves nothing`() async throws {
        try await store.setNickname("Mia", for: Sample.person(2))
        try await store.insertIncoming(Sample.incoming(2, second: 1))
        _ = try await store.insertOutgoing(Sample.outgoing(to: 2, second: 2))
        try await store.deleteContact(Sample.person(2))
        #expect(try await store.contact(Sample.person(2)) == nil)
        #expect(try await store.conversation(Sample.conversation(2)) == nil)
        #expect(try await store.nextOutboxItems().isEmpty)
        #expect(try await store.search("hello").isEmpty)
    }

    @Test func `groups and communities are conversations too`() async throws {
        let group = try #require(ConversationID(rawValue: "03" + String(repeating: "ab", count: 32)))
        let room = try #require(ConversationID(rawValue: "https://chat.example/room"))
        for id in [group, room] {
            var message = try Sample.incoming(2, second: 1)
            message.conversation = id
            try await store.insertIncoming(message)
        }
        let list = try await store.allConversations()
        #expect(Set(list.map(\.id)) == [group, room])
        #expect(list.allSatisfy { $0.contact == nil && !$0.isNoteToSelf && !$0.isRequest })
    }

    @Test func `muting, levels and drafts are kept`() async throws {
        let id = try Sample.conversation(2)
        try await store.ensureConversation(id, now: Sample.now)
        try await store.setMuted(until: .distantFuture, for: id)
        try await store.setNotificationLevel(.none, for: id)
        try await store.setDraft("draft", for: id)
        let record = try #require(try await store.conversation(id)).conversation
        #expect(
            try #require(record.mutedUntil) > Sample.now && record.notificationLevel == .none && record.draft == "draft"
        )
        try await store.setMuted(until: nil, for: id)
        #expect(try await store.conversation(id)?.conversation.mutedUntil == nil)
    }
}
