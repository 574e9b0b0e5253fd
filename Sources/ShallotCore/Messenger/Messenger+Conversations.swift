public import Foundation
public import SessionWire
import ShallotStore

extension Messenger {
    public func setPinned(_ isPinned: Bool, _ conversation: ConversationID) async throws {
        try await store.setPriority(isPinned ? 1 : 0, for: conversation)
    }

    public func setMarkedUnread(_ isUnread: Bool, _ conversation: ConversationID) async throws {
        try await store.setMarkedUnread(isUnread, for: conversation)
    }

    /// - Parameter until: `nil` notifies again; `.distantFuture` is for ever.
    public func setMuted(_ conversation: ConversationID, until: Date?) async throws {
        try await store.setMuted(until: until, for: conversation)
    }

    /// Everything up to this time counts as read; the mark "unread" goes too.
    public func markRead(_ conversation: ConversationID, upTo date: Date) async throws {
        try await store.markRead(conversation, upTo: date)
    }

    /// Removes the conversation and its messages from this device. The contact stays; a new message brings it back.
    public func deleteConversation(_ conversation: ConversationID) async throws {
        let now = options.now()
        try await store.transaction { transaction in
            try RemovedMessages.remember(all: conversation, in: transaction, now: now)
            try transaction.deleteConversation(conversation)
        }
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
