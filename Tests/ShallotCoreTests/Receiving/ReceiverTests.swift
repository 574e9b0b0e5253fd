import BaseKit
import Foundation
import SessionNetwork
import SessionWire
import ShallotCore
import ShallotStore
import ShallotTestSupport
import SodiumKit
import Testing

private let file = AttachmentPointer(url: "https://example.org/file/1")
private let quote = Quote(timestamp: 1, author: AccountKeys.generate().accountID)
private let invitation = CommunityInvitation(url: "https://example.org/room?public_key=00", name: "Room")
private let preview = LinkPreview(url: "https://example.org")

@Suite("Keeping what a poll brings") struct ReceiverTests {
    private let own = AccountKeys.generate()
    private let now: UInt64 = 1_795_000_000_000

    private func receiver(_ store: Store, _ report: @escaping @Sendable (MessengerEvent) -> Void = { _ in }) -> Receiver
    {
        Receiver(
            store: store, keys: own, networkNow: { [now] in now },
            now: { [now] in Date(timeIntervalSince1970: Double(now) / 1_000) }, report: report)
    }

    private func item(_ content: MessageContent, from sender: AccountKeys) throws -> StoredMessage {
        let data = try DirectMessage.encode(content, from: sender, to: own.accountID, random: SystemRandom())
        return StoredMessage(
            hash: .compute(account: own.accountID.bytes, namespace: .messages, data: data), timestamp: now,
            expiration: now + 1_000_000, data: data)
    }

    private func items(count: Int, from people: [AccountKeys]) throws -> [StoredMessage] {
        try (0..<count).map { index in
            let data = try DirectMessage.encode(
                MessageContent(
                    kind: .data(
                        DataMessage(body: "message \(index)", profile: Profile(displayName: "P", updatedSeconds: 1))),
                    sentTimestamp: now - UInt64(count - index)),
                from: people[index % people.count], to: own.accountID, random: SystemRandom())
            return StoredMessage(
                hash: .compute(account: own.accountID.bytes, namespace: .messages, data: data), timestamp: now,
                expiration: now + 1_000_000, data: data)
        }
    }

    private func result(_ items: [StoredMessage]) throws -> PollResult {
        let address = try #require(IPv4Address("127.0.0.1"))
        let node = try #require(
            ServiceNode(ed25519: own.ed25519PublicKey, x25519: own.x25519PublicKey, address: address, port: 1))
        return PollResult(node: node, items: [.messages: items], positions: [:], more: false)
    }

    @Test func `5,000 messages in 20 conversations are kept in order, once`() async throws {
        let folder = TemporaryFolder.fresh("receiver")
        defer { try? FileManager.default.removeItem(at: folder) }
        let lock = try DataDirectory.lock(folder)
        let store = try Store.open(directory: lock.url, key: .random(32))
        let people = (0..<20).map { _ in AccountKeys.generate() }
        for person in people { try await store.upsertContact(person.accountID) { $0.isApproved = true } }
        let result = try result(items(count: 5_000, from: people))
        let clock = ContinuousClock()
        let bare = clock.measure {
            for item in result.items[.messages] ?? [] { _ = try? DirectMessage.decode(item.data, keys: own) }
        }
        let receiver = receiver(store)
        let kept = try await clock.measure { try await receiver.receive(result) }
        print("bare decryption \(bare), kept \(kept)")
        try await receiver.receive(result)
        for person in people {
            let bodies = try await store.page(.account(person.accountID), limit: 1_000).map(\.body)
            #expect(bodies.count == 250)
            let numbers = bodies.compactMap { Int($0.dropFirst("message ".count)) }
            #expect(numbers == numbers.sorted())
        }
        #expect(try await store.allConversations().map(\.conversation.unreadCount) == Array(repeating: 250, count: 20))
        try store.close()
    }

    @Test func `what the database does not take comes again`() async throws {
        let store = try Store.inMemory()
        let items = try items(count: 3, from: [.generate()])
        try store.close()
        await #expect(throws: (any Error).self) { try await receiver(store).receive(result(items)) }
        let again = try Store.inMemory()
        try await receiver(again).receive(result(items))
        #expect(try await again.allRequests().first?.conversation.unreadCount == 3)
    }

    @Test func `a flood of requests tells once about each`() async throws {
        let store = try Store.inMemory()
        let told = Broadcast<MessengerEvent>(bufferLimit: 10_000)
        let events = told.subscribe()
        try await receiver(store) { told.send($0) }.receive(
            result(items(count: 300, from: [.generate(), .generate()])))
        told.finish()
        var requests = 0
        for await event in events {
            if case .requestReceived = event { requests += 1 }
            if case .messageReceived = event { Issue.record("a stranger is no contact") }
        }
        #expect(requests == 2)
    }

    // MARK: What cannot be shown yet

    /// - Source: identity-and-messages.md §3.8
    @Test(arguments: [
        DataMessage(attachments: [file]), DataMessage(body: " \n", attachments: [file]),
        DataMessage(quote: quote), DataMessage(preview: preview),
        DataMessage(communityInvitation: invitation),
    ])
    func `a message without text leaves an unread line that says so, and is kept as it came`(
        data: DataMessage
    ) async throws {
        let store = try Store.inMemory()
        let ben = AccountKeys.generate()
        try await store.upsertContact(ben.accountID) { $0.isApproved = true }
        let told = Broadcast<MessengerEvent>(bufferLimit: 10)
        let events = told.subscribe()
        let content = MessageContent(kind: .data(data), sentTimestamp: now)
        try await receiver(store) { told.send($0) }.receive(result([item(content, from: ben)]))
        told.finish()
        let conversation = ConversationID.account(ben.accountID)
        let message = try #require(try await store.page(conversation).first)
        #expect(message.kind == .unsupported && message.hasUnshown && !message.isRead && message.body.isEmpty)
        #expect(try await store.unshownContent(of: message.id) == content.encoded())
        #expect(try await store.conversation(conversation)?.conversation.unreadCount == 1)
        #expect(try await store.contact(ben.accountID)?.approvedMe == true)
        var notified = 0
        for await event in events {
            if NotificationRequest.decide(event, .init(own: own.accountID)) != nil { notified += 1 }
        }
        #expect(notified == 1)
        // Its author can take it back all the same.
        let unsend = MessageContent(
            kind: .unsend(UnsendRequest(timestamp: now, author: ben.accountID)), sentTimestamp: now + 1)
        try await receiver(store).receive(result([item(unsend, from: ben)]))
        #expect(try await store.message(message.id)?.kind == .deleted)
        #expect(try await store.unshownContent(of: message.id) == nil)
    }

    @Test(arguments: [
        (DataMessage(body: "look", attachments: [file]), true), (DataMessage(body: "yes", quote: quote), true),
        (DataMessage(body: "https://example.org", preview: preview), false), (DataMessage(body: "hello"), false),
    ])
    func `a text beside something else is a text, and the rest is kept`(data: DataMessage, hasMore: Bool) async throws {
        let store = try Store.inMemory()
        let ben = AccountKeys.generate()
        let content = MessageContent(kind: .data(data), sentTimestamp: now)
        try await receiver(store).receive(result([item(content, from: ben)]))
        let message = try #require(try await store.page(.account(ben.accountID)).first)
        #expect(message.kind == .text && message.body == data.body && message.hasUnshown == hasMore)
        #expect(try await store.unshownContent(of: message.id) == (hasMore ? content.encoded() : nil))
    }

    @Test func `what another device sent without a text stands in its conversation`() async throws {
        let store = try Store.inMemory()
        let ben = AccountKeys.generate().accountID
        let data = DataMessage(syncTarget: ben.description, attachments: [file])
        try await receiver(store).receive(
            result([item(MessageContent(kind: .data(data), sentTimestamp: now), from: own)]))
        let message = try #require(try await store.page(.account(ben)).first)
        #expect(message.kind == .unsupported && message.isOutgoing && message.isRead && message.hasUnshown)
    }

    @Test func `reactions, timers, typing, receipts and nothing leave no line`() async throws {
        let store = try Store.inMemory()
        let ben = AccountKeys.generate()
        let reaction = Reaction(timestamp: 1, author: own.accountID, emoji: "👍", isAdded: true)
        let kinds: [MessageContent.Kind] = [
            .data(DataMessage(reaction: reaction)), .data(DataMessage(isExpirationTimerUpdate: true)),
            .data(DataMessage()), .typing(isStarted: true, timestamp: now + 3), .readReceipt([1]),
        ]
        let contents = kinds.enumerated().map {
            MessageContent(kind: $0.element, sentTimestamp: now + UInt64($0.offset))
        }
        try await receiver(store).receive(result(contents.map { try item($0, from: ben) }))
        #expect(try await store.allRequests().isEmpty)
        #expect(try await store.page(.account(ben.accountID)).isEmpty)
    }
}
