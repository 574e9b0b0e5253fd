public import Foundation
import GRDB
import SodiumKit

extension Store {
    /// The account; `nil` before one was created or restored.
    public func account() async throws(StoreError) -> AccountRecord? { try await read(AccountRecord.fetch) }

    /// The account now and after each change.
    public func accountObservation() -> StoreUpdates<AccountRecord?> { observe(AccountRecord.fetch) }

    /// Makes `account` the account of this profile; replaces one with the same ID.
    public func saveAccount(_ account: AccountRecord) async throws(StoreError) {
        try await transaction { try $0.saveAccount(account) }
    }

    public func updateProfile(displayName: String, updatedAt: Date) async throws(StoreError) {
        try await transaction { try $0.updateProfile(displayName: displayName, updatedAt: updatedAt) }
    }

    public func setPhraseSaved(_ isSaved: Bool) async throws(StoreError) {
        try await transaction { try $0.execute("UPDATE account SET is_phrase_saved = ?", [isSaved]) }
    }

    /// Removes every row: the account with all that belongs to it, and all settings. Clearing a device is more than this,
    /// see `DataDirectory.erase`.
    public func clear() async throws(StoreError) {
        try await transaction { transaction in
            for table in [
                "outbox", "message", "conversation", "contact", "account", "seen_hash", "last_hash", "network_state",
                "preference", "membership", "config", "config_obsolete", "config_edit", "removed_conversation",
            ] { try transaction.db.execute(sql: "DELETE FROM \(table)") }
        }
    }
}

extension StoreTransaction {
    public func account() throws -> AccountRecord? { try AccountRecord.fetch(db) }

    /// - Throws: `StoreError.other` if there is another account already.
    public func saveAccount(_ account: AccountRecord) throws {
        if let present = try AccountRecord.fetch(db), present.accountID != account.accountID {
            throw StoreError.other("there is another account in this profile")
        }
        try account.seed.withBytes { seed in
            try execute(
                "INSERT OR REPLACE INTO account VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    account.accountID.blob, Data(seed), account.displayName,
                    account.profileUpdatedAt?.milliseconds, account.isPhraseSaved, account.createdAt.milliseconds,
                    account.pictureURL, account.pictureKey.map { Data($0) },
                ])
        }
    }

    public func updateProfile(displayName: String, updatedAt: Date) throws {
        try execute(
            "UPDATE account SET display_name = ?, profile_updated_at = ?", [displayName, updatedAt.milliseconds])
    }

    /// - Parameter url: `nil`, as the key, for no picture.
    public func updatePicture(url: String?, key: [UInt8]?) throws {
        try execute("UPDATE account SET picture_url = ?, picture_key = ?", [url, key.map { Data($0) }])
    }
}
