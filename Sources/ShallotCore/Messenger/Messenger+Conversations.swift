public import Foundation
public import SessionWire
import ShallotStore

extension Messenger {
    public func setPinned(_ isPinned: Bool, _ conversation: ConversationID) async throws {
        try await requireAccount().configs.edit { try $0.setPriority(isPinned ? 1 : 0, of: conversation) }
    }

    public func setMarkedUnread(_ isUnread: Bool, _ conversation: ConversationID) async throws {
        try await requireAccount().configs.edit { try $0.setMarkedUnread(isUnread, conversation) }
    }

    /// - Parameter until: `nil` notifies again; `.distantFuture` is for ever.
    public func setMuted(_ conversation: ConversationID, until: Date?) async throws {
        try await requireAccount().configs.edit { try $0.setMuted(until: until, conversation) }
    }

    /// Everything up to this time counts as read; the mark "unread" goes too.
    public func markRead(_ conversation: ConversationID, upTo date: Date) async throws {
        try await requireAccount().configs.edit { try $0.markRead(conversation, upTo: date) }
    }

    /// Removes the conversation from all devices of the account. The contact stays; a new message brings it back.
    public func deleteConversation(_ conversation: ConversationID) async throws {
        try await requireAccount().configs.edit { try $0.removeConversation(conversation) }
        await active?.outbox.resume()
    }

    /// Removes the messages from this device; the conversation stays in the list.
    public func clearMessages(_ conversation: ConversationID) async throws {
        let now = options.now()
        try await store.transaction { transaction in
            try RemovedMessages.remember(all: conversation, in: transaction, now: now)
            try transaction.clearMessages(conversation)
        }
        await active?.outbox.resume()
    }
}
