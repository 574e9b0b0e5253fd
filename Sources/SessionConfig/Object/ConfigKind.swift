public import SessionWire

/// The configs that devices of an account, or members of a group, share.
/// - Source: configs.md §1
public enum ConfigKind: String, CaseIterable, Hashable, Sendable, Codable {
    case userProfile = "UserProfile"
    case contacts = "Contacts"
    case convoInfoVolatile = "ConvoInfoVolatile"
    case userGroups = "UserGroups"
    case groupInfo = "groups::Info"
    case groupMembers = "groups::Members"

    /// Sets the encryption of one kind apart from that of the others.
    public var domain: String { rawValue }

    public var namespace: Namespace {
        switch self {
        case .userProfile: .userProfile
        case .contacts: .contacts
        case .convoInfoVolatile: .conversationVolatile
        case .userGroups: .userGroups
        case .groupInfo: .groupInfo
        case .groupMembers: .groupMembers
        }
    }

    /// How it is named inside a message; `nil` for those of groups, which are stored bare.
    public var wrappedKind: SharedConfigMessage.Kind? {
        switch self {
        case .userProfile: .userProfile
        case .contacts: .contacts
        case .convoInfoVolatile: .conversationVolatile
        case .userGroups: .userGroups
        case .groupInfo, .groupMembers: nil
        }
    }
}
