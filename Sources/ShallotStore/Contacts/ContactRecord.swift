public import Foundation
import GRDB
public import SessionWire

/// What is known of a person, approved or not.
public struct ContactRecord: Sendable, Equatable, Identifiable {
    public let accountID: AccountID
    /// The name the person chose; `nil` if none was heard yet.
    public var name: String?
    /// The name the user gave; `nil` for none.
    public var nickname: String?
    /// Unix seconds of the newest profile seen; an older one is not applied.
    public var profileUpdatedSeconds: UInt64
    public var pictureURL: String?
    public var pictureKey: [UInt8]?
    /// The user accepted this person.
    public var isApproved: Bool
    /// The person accepted, or wrote to, the user.
    public var approvedMe: Bool
    public var isBlocked: Bool
    public let createdAt: Date

    public var id: AccountID { accountID }
    /// Nickname, else name, else the shortened ID.
    public var displayName: String { nickname ?? name ?? accountID.redacted }

    public init(
        accountID: AccountID, name: String? = nil, nickname: String? = nil, profileUpdatedSeconds: UInt64 = 0,
        pictureURL: String? = nil, pictureKey: [UInt8]? = nil, isApproved: Bool = false, approvedMe: Bool = false,
        isBlocked: Bool = false, createdAt: Date
    ) {
        self.accountID = accountID
        self.name = name
        self.nickname = nickname
        self.profileUpdatedSeconds = profileUpdatedSeconds
        self.pictureURL = pictureURL
        self.pictureKey = pictureKey
        self.isApproved = isApproved
        self.approvedMe = approvedMe
        self.isBlocked = isBlocked
        self.createdAt = createdAt
    }
}

extension ContactRecord {
    static let columns = """
        contact.account_id AS k_account_id, contact.name AS k_name, contact.nickname AS k_nickname,
        contact.profile_updated_s AS k_profile_updated_s, contact.picture_url AS k_picture_url,
        contact.picture_key AS k_picture_key, contact.is_approved AS k_is_approved,
        contact.approved_me AS k_approved_me, contact.is_blocked AS k_is_blocked, contact.created_at AS k_created_at
        """

    init(_ row: Row) throws {
        self.init(
            accountID: try row.accountID("k_account_id"), name: row["k_name"], nickname: row["k_nickname"],
            profileUpdatedSeconds: UInt64(bitPattern: row["k_profile_updated_s"]), pictureURL: row["k_picture_url"],
            pictureKey: row.bytes("k_picture_key"), isApproved: row["k_is_approved"],
            approvedMe: row["k_approved_me"], isBlocked: row["k_is_blocked"], createdAt: row.date("k_created_at"))
    }

    static func fetch(_ db: Database, _ id: AccountID) throws -> ContactRecord? {
        let statement = try db.cachedStatement(sql: "SELECT \(columns) FROM contact WHERE account_id = ?")
        return try statement.first([id.blob], ContactRecord.init)
    }

    static func fetchAll(_ db: Database) throws -> [ContactRecord] {
        try db.cachedStatement(sql: "SELECT \(columns) FROM contact").all([], ContactRecord.init)
    }
}
