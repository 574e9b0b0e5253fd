import SessionConfig
import SessionWire
import ShallotStore

/// Where devices keep how far a conversation was read, in a form to note with an edit.
///
/// A conversation alone does not tell: groups of old clients look like people, and a community needs its server's key.
/// - Source: configs.md §10.3
struct ReadPlace: Hashable, Sendable {
    private static let legacyMark = "legacy "

    let conversation: VolatileConversation

    init(_ conversation: VolatileConversation) { self.conversation = conversation }

    init?(text: String) {
        if text.hasPrefix(Self.legacyMark) {
            guard let id = AccountID(String(text.dropFirst(Self.legacyMark.count))) else { return nil }
            conversation = .legacyGroup(id)
        } else if let id = ConversationID(rawValue: text), let place = VolatileConversation(id) {
            conversation = place
        } else if let room = try? CommunityRoom(link: text) {  // of another kind, then
            conversation = .community(room)
        } else {
            return nil
        }
    }

    var text: String {
        switch conversation {
        case .account(let id): id.description
        case .group(let id): id.description
        case .legacyGroup(let id): Self.legacyMark + id.description
        case .community(let room): room.link
        case .blinded(let id): id.description
        }
    }
}

extension ReadPlace: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let place = ReadPlace(text: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no place of a read position")
        }
        self = place
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension ConfigEditor {
    /// `nil` for a community that the account's devices do not know.
    func readPlace(of id: ConversationID) throws -> ReadPlace? {
        switch id {
        case .group(let group): return ReadPlace(.group(group))
        case .account(let account):
            return ReadPlace(try store.isMembership(id) ? .legacyGroup(account) : .account(account))
        case .community:
            let communities = UserGroupsConfig(try config(.userGroups)).communities
            return communities.first { $0.room.conversationID == id }.map { ReadPlace(.community($0.room)) }
        }
    }
}
