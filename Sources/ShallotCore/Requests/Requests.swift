import Foundation
import SessionWire
import ShallotStore

/// Rules of message requests.
/// - Source: identity-and-messages.md §4.10
enum Requests {
    /// Marks somebody as approved. When they had asked to write to us they are told, before anything else reaches them;
    /// a stranger is told nothing.
    static func approve(
        _ person: AccountID, own: AccountID, in configs: ConfigEditor, now: Date, _ times: inout SentTimes
    ) throws {
        let store = configs.store
        let known = try store.contact(person)
        guard known?.isApproved != true else { return }
        try configs.change(person) { contact in
            contact.isApproved = true
            contact.isBlocked = false
        }
        guard known?.approvedMe == true else { return }
        let conversation = ConversationID.account(person)
        let timestamp = times.next()
        try store.enqueue(
            NewOutboxItem(
                conversation: conversation, recipient: person, kind: .requestResponse, timestamp: timestamp), now: now)
        try store.insertIncoming(
            NewIncoming(
                conversation: conversation, author: own, sentAt: Date(milliseconds: timestamp), receivedAt: now,
                kind: .youAccepted, body: ""))
    }
}
