import Foundation
public import SessionWire
import ShallotStore

extension Messenger {
    /// Nothing from a blocked person is shown or kept, and nothing can be sent to them. They are not told. What they
    /// write while blocked is lost.
    public func setBlocked(_ isBlocked: Bool, _ person: AccountID) async throws {
        guard try person != requireAccount().keys.accountID else { return }
        try await requireAccount().configs.edit { try $0.change(person) { $0.isBlocked = isBlocked } }
        await active?.outbox.resume()
    }

    /// A name only this person's own devices see; `nil` or an empty one removes it.
    public func setNickname(_ text: String?, of person: AccountID) async throws {
        let nickname: String? = if let text, !text.isEmpty { try DisplayName(text).text } else { nil }
        try await requireAccount().configs.edit { try $0.change(person) { $0.nickname = nickname } }
    }

    /// Forgets a person and the conversation with them, on all devices. A later message from them is a request again.
    public func deleteContact(_ person: AccountID) async throws {
        try await requireAccount().configs.edit { try $0.removeContact(person) }
        await active?.outbox.resume()
    }
}
