/// What a conversation is with. Its text form is the key in the database and in `syncTarget`.
public enum ConversationID: Hashable, Sendable {
    case account(AccountID)
    case group(GroupID)
    /// The address of a room on a community server, `https://host/room`.
    case community(String)

    /// Longest address of a community that is taken as one.
    public static let communityLimit = 2_048

    /// Reads the text form; `nil` if it is none of the three.
    public init?(rawValue: String) {
        if let id = AccountID(rawValue) {
            self = .account(id)
        } else if let id = GroupID(rawValue) {
            self = .group(id)
        } else if rawValue.utf8.count <= Self.communityLimit,
            rawValue.hasPrefix("https://") || rawValue.hasPrefix("http://")
        {
            self = .community(rawValue)
        } else {
            return nil
        }
    }

    public var rawValue: String {
        switch self {
        case .account(let id): id.description
        case .group(let id): id.description
        case .community(let address): address
        }
    }

    /// The other person, if the conversation is with one.
    public var accountID: AccountID? {
        guard case .account(let id) = self else { return nil }
        return id
    }

    /// Short form for logs; names neither person nor place.
    public var redacted: String {
        switch self {
        case .account(let id): id.redacted
        case .group(let id): id.redacted
        case .community: "community"
        }
    }
}

extension ConversationID: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = ConversationID(rawValue: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a conversation")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
