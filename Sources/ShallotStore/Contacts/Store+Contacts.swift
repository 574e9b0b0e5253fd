public import Foundation
import GRDB
public import SessionWire

extension Store {
    public func contact(_ id: AccountID) async throws(StoreError) -> ContactRecord? {
        try await read { try ContactRecord.fetch($0, id) }
    }

    /// All people known here, also strangers and blocked ones, in no order.
    public func contacts() async throws(StoreError) -> [ContactRecord] {
        try await read { try ContactRecord.fetchAll($0) }
    }

    /// One person now and after each change; `nil` while unknown.
    public func contactObservation(_ id: AccountID) -> StoreUpdates<ContactRecord?> {
        observe { try ContactRecord.fetch($0, id) }
    }

    /// All people now and after each change.
    public func contactsObservation() -> StoreUpdates<[ContactRecord]> {
        observe { try ContactRecord.fetchAll($0) }
    }

    /// Changes a contact, or makes it first.
    /// - Returns: the contact after the change.
    @discardableResult
    public func upsertContact(
        _ id: AccountID, now: Date = Date(), mutate: @escaping @Sendable (inout ContactRecord) -> Void
    ) async throws(StoreError) -> ContactRecord {
        try await transaction { try $0.upsertContact(id, now: now, mutate: mutate) }
    }

    /// - Parameter nickname: `nil` or empty removes it.
    public func setNickname(_ nickname: String?, for id: AccountID) async throws(StoreError) {
        try await upsertContact(id) { $0.nickname = nickname.flatMap { $0.isEmpty ? nil : $0 } }
    }

    public func setBlocked(_ isBlocked: Bool, for id: AccountID) async throws(StoreError) {
        try await upsertContact(id) { $0.isBlocked = isBlocked }
    }

    public func setApproved(_ isApproved: Bool, for id: AccountID) async throws(StoreError) {
        try await upsertContact(id) { $0.isApproved = isApproved }
    }

    public func setApprovedMe(_ approvedMe: Bool, for id: AccountID) async throws(StoreError) {
        try await upsertContact(id) { $0.approvedMe = approvedMe }
    }

    /// Forgets a person with the conversation and whatever still waits to be sent to them.
    public func deleteContact(_ id: AccountID) async throws(StoreError) {
        try await transaction { try $0.deleteContact(id) }
    }
}

extension StoreTransaction {
    public func contact(_ id: AccountID) throws -> ContactRecord? { try ContactRecord.fetch(db, id) }

    @discardableResult
    public func upsertContact(
        _ id: AccountID, now: Date, mutate: (inout ContactRecord) -> Void
    ) throws -> ContactRecord {
        let present = try ContactRecord.fetch(db, id)
        var contact = present ?? ContactRecord(accountID: id, createdAt: now)
        mutate(&contact)
        if contact != present { try save(contact) }
        return contact
    }

    public func deleteContact(_ id: AccountID) throws {
        try removeConversation(.account(id))
        try execute("DELETE FROM contact WHERE account_id = ?", [id.blob])
    }

    private func save(_ contact: ContactRecord) throws {
        try execute(
            "INSERT OR REPLACE INTO contact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                contact.accountID.blob, contact.name, contact.nickname,
                Int64(bitPattern: contact.profileUpdatedSeconds), contact.pictureURL,
                contact.pictureKey.map { Data($0) }, contact.isApproved, contact.approvedMe, contact.isBlocked,
                contact.createdAt.milliseconds,
            ])
    }
}
