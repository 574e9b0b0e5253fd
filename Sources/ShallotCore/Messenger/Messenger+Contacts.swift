import Foundation
public import SessionWire
import ShallotStore

extension Messenger {
    /// Nothing from a blocked person is shown or kept, and nothing can be sent to them. They are not told. What they
    /// write while blocked is lost.
    public func setBlocked(_ isBlocked: Bool, _ person: AccountID) async throws {
        guard try person != requireAccount().keys.accountID else { return }
        try await store.upsertContact(person, now: options.now()) { $0.isBlocked = isBlocked }
        await active?.outbox.resume()
    }

    /// A name only this person's own devices see; `nil` or an empty one removes it.
    public func setNickname(_ text: String?, of person: AccountID) async throws {
        let nickname: String? = if let text, !text.isEmpty { try DisplayName(text).text } else { nil }
        try await store.upsertContact(person, now: options.now()) { $0.nickname = nickname }
    }

    /// Forgets a person and the conversation with them. A later message from them is a request again.
    public func deleteContact(_ person: AccountID) async throws {
        let now = options.now()
        try await store.transaction { transaction in
            try RemovedMessages.remember(all: .account(person), in: transaction, now: now)
            try transaction.deleteContact(person)
        }
        await active?.outbox.resume()
    }
}
