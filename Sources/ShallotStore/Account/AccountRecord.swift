public import Foundation
import GRDB
public import SessionWire
public import SodiumKit

/// The one account of this profile.
public struct AccountRecord: Sendable, Equatable {
    public let accountID: AccountID
    /// 16 bytes, what the recovery phrase says.
    public let seed: SecretBytes
    public var displayName: String
    /// When the profile was last set by a person here or on another device; `nil` if never.
    public var profileUpdatedAt: Date?
    /// Whether the person said that the recovery phrase is written down.
    public var isPhraseSaved: Bool
    public let createdAt: Date
    /// Where the account's picture is, and the 32 bytes that open it.
    public var pictureURL: String?
    public var pictureKey: [UInt8]?

    public init(
        accountID: AccountID, seed: SecretBytes, displayName: String, profileUpdatedAt: Date? = nil,
        isPhraseSaved: Bool = false, createdAt: Date
    ) {
        self.accountID = accountID
        self.seed = seed
        self.displayName = displayName
        self.profileUpdatedAt = profileUpdatedAt
        self.isPhraseSaved = isPhraseSaved
        self.createdAt = createdAt
    }
}

extension AccountRecord {
    static func fetch(_ db: Database) throws -> AccountRecord? {
        guard let row = try Row.fetchOne(db, sql: "SELECT * FROM account") else { return nil }
        guard let seed = row.bytes("seed") else { throw StoreError.damaged("the account has no seed") }
        var account = AccountRecord(
            accountID: try row.accountID("account_id"), seed: SecretBytes(seed), displayName: row["display_name"],
            profileUpdatedAt: row.optionalDate("profile_updated_at"), isPhraseSaved: row["is_phrase_saved"],
            createdAt: row.date("created_at"))
        (account.pictureURL, account.pictureKey) = (row["picture_url"], row.bytes("picture_key"))
        return account
    }
}
