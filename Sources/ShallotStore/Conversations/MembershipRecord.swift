import GRDB
public import SessionWire

/// A group or community that the account belongs to, as its devices share it.
public struct MembershipRecord: Sendable, Equatable {
    /// The numbers are on disk: append only.
    public enum Kind: Int, Sendable {
        case group = 0
        case community = 1
        /// A group of old clients; its id looks like an account's.
        case legacyGroup = 2
    }

    public var kind: Kind
    /// May be empty.
    public var name: String
    /// Not accepted yet.
    public var isInvited: Bool
    /// The account was removed from it, or it is no more.
    public var isRemoved: Bool

    public init(kind: Kind, name: String, isInvited: Bool = false, isRemoved: Bool = false) {
        (self.kind, self.name, self.isInvited, self.isRemoved) = (kind, name, isInvited, isRemoved)
    }
}

extension MembershipRecord {
    static let columns = """
        membership.kind AS m_kind, membership.name AS m_name, membership.is_invited AS m_is_invited,
        membership.is_removed AS m_is_removed
        """

    init?(_ row: Row) throws {
        guard (row["m_kind"] as Int?) != nil else { return nil }
        self.init(
            kind: try row.value("m_kind", as: Kind.self), name: row["m_name"], isInvited: row["m_is_invited"],
            isRemoved: row["m_is_removed"])
    }
}

extension StoreTransaction {
    public func saveMembership(_ membership: MembershipRecord, of conversation: ConversationID) throws {
        try execute(
            "INSERT OR REPLACE INTO membership VALUES (?, ?, ?, ?, ?)",
            [
                conversation.rawValue, membership.kind.rawValue, membership.name, membership.isInvited,
                membership.isRemoved,
            ])
    }

    public func isMembership(_ conversation: ConversationID) throws -> Bool {
        let statement = try db.cachedStatement(sql: "SELECT 1 FROM membership WHERE conversation = ?")
        return try Int.fetchOne(statement, arguments: [conversation.rawValue]) != nil
    }

    /// All groups and communities.
    public func memberships() throws -> Set<ConversationID> {
        Set(
            try String.fetchAll(db, sql: "SELECT conversation FROM membership")
                .compactMap(ConversationID.init(rawValue:)))
    }

    /// Removes the entry with its conversation.
    public func removeMembership(_ conversation: ConversationID) throws {
        try removeConversation(conversation)
        try execute("DELETE FROM membership WHERE conversation = ?", [conversation.rawValue])
    }
}
