import Foundation
public import SessionWire
import ShallotStore

extension Messenger {
    /// Accepts somebody who asked to write to us and tells them.
    public func acceptRequest(_ conversation: ConversationID) async throws {
        let account = try requireAccount()
        let (own, now) = (account.keys.accountID, options.now())
        guard let person = conversation.accountID, person != own else { return }
        try await account.outbox.queue { transaction, times in
            try Requests.approve(person, own: own, in: transaction, now: now, &times)
        }
    }

    /// Removes a request. Nobody is told; a later message asks anew. Does nothing to a contact.
    public func declineRequest(_ conversation: ConversationID) async throws {
        let now = options.now()
        try await store.transaction { transaction in
            guard let person = conversation.accountID, try transaction.contact(person)?.isApproved != true else {
                return
            }
            try RemovedMessages.remember(all: conversation, in: transaction, now: now)
            try transaction.deleteContact(person)
        }
    }

    /// Removes a request and hears no more from its sender. Does nothing to a contact.
    public func blockRequest(_ conversation: ConversationID) async throws {
        let now = options.now()
        try await store.transaction { transaction in
            guard let person = conversation.accountID, try transaction.contact(person)?.isApproved != true else {
                return
            }
            try RemovedMessages.remember(all: conversation, in: transaction, now: now)
            try transaction.upsertContact(person, now: now) { $0.isBlocked = true }
            try transaction.deleteConversation(conversation)
        }
    }

    /// Declines every request.
    public func clearRequests() async throws {
        for request in try await store.allRequests() { try await declineRequest(request.id) }
    }
}
