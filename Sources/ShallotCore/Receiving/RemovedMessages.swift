import BaseKit
import Foundation
import SessionWire
import ShallotStore
import SodiumKit

/// Remembers what was removed from this device, so that nobody can bring it back: the same signed message can be wrapped
/// anew and stored again by everybody who has seen it, under another hash.
enum RemovedMessages {
    static func remember(all conversation: ConversationID, in store: StoreTransaction, now: Date) throws {
        let start = now.addingTimeInterval(-IncomingRoute.staleLimit)
        try remember(store.messageKeys(conversation, after: start), in: store, now: now)
    }

    /// Puts the names of messages among the seen hashes, for as long as a played back message could be believed.
    static func remember(_ messages: [MessageKey], in store: StoreTransaction, now: Date) throws {
        for message in messages where message.sentAt > now.addingTimeInterval(-IncomingRoute.staleLimit) {
            let end = message.sentAt.addingTimeInterval(IncomingRoute.staleLimit)
            try store.markSeen(
                SeenHash(.name(of: message.author, sentAt: message.sentAt), expiration: end, now: now))
        }
    }
}

extension MessageHash {
    /// A hash of what makes a message itself, whatever it is wrapped in: its author and its time.
    static func name(of author: AccountID, sentAt: Date) -> MessageHash {
        // The prefix keeps it apart from everything that a swarm could name.
        let text = "removed \(author) \(sentAt.milliseconds)"
        return .compute(account: [], namespace: .messages, data: Array(text.utf8))
    }
}
