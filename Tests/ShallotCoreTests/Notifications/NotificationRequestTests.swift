import Foundation
import SessionWire
import ShallotCore
import ShallotStore
import Testing

@Suite("What is worth a notification") struct NotificationRequestTests {
    private let store: Store
    private let own = AccountKeys.generate().accountID
    private let friend = AccountKeys.generate().accountID
    private var conversation: ConversationID { .account(friend) }

    init() throws { store = try Store.inMemory() }

    private func message(isOutgoing: Bool = false, isRead: Bool? = nil) async throws -> MessageRecord {
        let result = try await store.insertIncoming(
            NewIncoming(
                conversation: conversation, author: isOutgoing ? own : friend, sentAt: Date(), receivedAt: Date(),
                body: "hello", isOutgoing: isOutgoing, isRead: isRead))
        guard case .inserted(let id) = result else { throw TestFailure("a duplicate") }
        return try #require(try await store.message(id))
    }

    private func contact(isBlocked: Bool = false) -> ContactRecord {
        ContactRecord(accountID: friend, name: "Anna", isApproved: true, isBlocked: isBlocked, createdAt: Date())
    }

    @Test func `a message of a contact says who and what`() async throws {
        let message = try await message()
        let request = NotificationRequest.decide(.messageReceived(message, contact()), .init(own: own))
        #expect(request == .message(conversation: conversation, message: message.id, name: "Anna", text: "hello"))
    }

    @Test func `a request says nothing about its sender`() {
        #expect(NotificationRequest.decide(.requestReceived(conversation), .init(own: own)) == .messageRequest)
    }

    @Test func `own, read, muted, blocked and visible messages are no news`() async throws {
        let message = try await message()
        let (conversation, context) = (conversation, NotificationRequest.Context(own: own))
        var muted = context
        var focused = context
        muted.isMuted = { $0 == conversation }
        focused.focused = conversation
        let cases: [(MessengerEvent, NotificationRequest.Context)] = [
            (.messageReceived(try await self.message(isOutgoing: true), contact()), context),
            (.messageReceived(try await self.message(isRead: true), contact()), context),
            (.messageReceived(message, contact(isBlocked: true)), context),
            (.messageReceived(message, contact()), muted), (.messageReceived(message, contact()), focused),
            (.messageRestored(message, contact()), context), (.requestRestored(conversation), context),
            (.messageSent(message.id), context), (.requestAccepted(conversation), context), (.polled(Date()), context),
        ]
        #expect(cases.allSatisfy { NotificationRequest.decide($0, $1) == nil })
    }
}
