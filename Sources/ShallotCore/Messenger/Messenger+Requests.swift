import Foundation
public import SessionWire
import ShallotStore

extension Messenger {
    /// Accepts somebody who asked to write to us and tells them.
    public func acceptRequest(_ conversation: ConversationID) async throws {
        let account = try requireAccount()
        let (own, now) = (account.keys.accountID, options.now())
        guard let person = conversation.accountID, person != own else { return }
        try await account.outbox.queue { [configs = account.configs] transaction, times in
            try configs.edit(in: transaction) { editor in
                try Requests.approve(person, own: own, in: editor, now: now, &times)
            }
        }
    }

    /// Removes a request. Nobody is told; a later message asks anew. Does nothing to a contact.
    public func declineRequest(_ conversation: ConversationID) async throws {
        try await requireAccount().configs.edit { editor in
            guard let person = conversation.accountID, try editor.store.contact(person)?.isApproved != true else {
                return
            }
            try editor.removeContact(person)
        }
    }

    /// Removes a request and hears no more from its sender. Does nothing to a contact.
    public func blockRequest(_ conversation: ConversationID) async throws {
        try await requireAccount().configs.edit { editor in
            guard let person = conversation.accountID, try editor.store.contact(person)?.isApproved != true else {
                return
            }
            try editor.change(person) { $0.isBlocked = true }
            try editor.removeConversation(conversation)
        }
    }

    /// Declines every request.
    public func clearRequests() async throws {
        for request in try await store.allRequests() { try await declineRequest(request.id) }
    }
}
