import GRDB
public import SessionWire

/// A row of the conversation list or of the request list.
public struct ConversationSummary: Sendable, Equatable, Identifiable {
    public let conversation: ConversationRecord
    /// The other person; `nil` for groups, communities, Note to Self and people never heard of.
    public let contact: ContactRecord?
    public let isNoteToSelf: Bool
    /// Somebody wrote whom the user has not accepted.
    public let isRequest: Bool
    /// What is known of a group or community; `nil` for a conversation with a person.
    public let membership: MembershipRecord?

    public var id: ConversationID { conversation.id }
}

extension ConversationSummary {
    /// Which of the two lists.
    enum List { case conversations, requests }

    /// - Source: identity-and-messages.md §4.10: approved 0, approvedMe 1, not oneself
    private static let isRequest =
        "(coalesce(contact.approved_me = 1 AND contact.is_approved = 0, 0) AND account.id IS NULL)"

    private static let query = """
        SELECT \(ConversationRecord.columns), \(ContactRecord.columns),
          account.id IS NOT NULL AS is_note_to_self, \(isRequest) AS is_request, \(MembershipRecord.columns)
        FROM conversation
        LEFT JOIN contact ON contact.account_id = conversation.account_id
        LEFT JOIN account ON account.account_id = conversation.account_id
        LEFT JOIN membership ON membership.conversation = conversation.id
        """

    init(_ row: Row) throws {
        conversation = try ConversationRecord(row)
        contact = (row["k_is_approved"] as Bool?) == nil ? nil : try ContactRecord(row)
        isNoteToSelf = row["is_note_to_self"]
        isRequest = row["is_request"]
        membership = try MembershipRecord(row)
    }

    static func fetch(_ db: Database, _ list: List, limit: Int) throws -> [ConversationSummary] {
        let condition =
            switch list {
            case .conversations: "NOT \(isRequest)"
            case .requests: "\(isRequest) AND contact.is_blocked = 0"
            }
        let statement = try db.cachedStatement(
            sql: """
                \(query) WHERE conversation.priority >= 0 AND \(condition)
                ORDER BY conversation.priority DESC, conversation.last_activity_at DESC, conversation.row_id DESC
                LIMIT ?
                """)
        return try statement.all([limit], ConversationSummary.init)
    }

    static func fetch(_ db: Database, _ id: ConversationID) throws -> ConversationSummary? {
        let statement = try db.cachedStatement(sql: "\(query) WHERE conversation.id = ?")
        return try statement.first([id.rawValue], ConversationSummary.init)
    }
}
