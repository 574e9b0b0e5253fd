import Foundation
import SessionConfig
import SessionWire

extension ConfigEdit {
    /// Makes the change. What is so already stays as it is.
    /// - Parameter date: when it was made, network time.
    func apply(to config: inout SharedConfig, at date: Date) throws(ConfigError) {
        switch self {
        case .profileName, .noteToSelfPriority:
            var profile = UserProfileConfig(config)
            try apply(to: &profile, at: date)
            config = profile.config
        case .contact(let id, let change):
            guard let person = id.accountID else { return }
            var contacts = ContactsConfig(config)
            let isNew = contacts.contact(person) == nil
            try contacts.set(person) { entry in
                if isNew { entry.created = Int64(date.timeIntervalSince1970) }
                change.apply(to: &entry)
            }
            config = contacts.config
        case .removeContact(let id):
            guard let person = id.accountID else { return }
            var contacts = ContactsConfig(config)
            try contacts.erase(person)
            config = contacts.config
        case .lastRead, .markedUnread, .forgetPosition:
            var positions = ConvoInfoVolatileConfig(config)
            try apply(to: &positions, at: date)
            config = positions.config
        case .groupPriority(let id, let priority):
            var groups = UserGroupsConfig(config)
            try groups.change(id) { $0.priority = priority }
            config = groups.config
        case .groupMute(let id, let seconds):
            var groups = UserGroupsConfig(config)
            try groups.change(id) { $0.muteUntil = seconds }
            config = groups.config
        }
    }

    private func apply(to profile: inout UserProfileConfig, at date: Date) throws(ConfigError) {
        switch self {
        case .profileName(let name):
            // Contacts compare whole seconds and keep the older profile when they are equal.
            let last = Date(timeIntervalSince1970: Double(profile.profileUpdated ?? 0))
            try profile.setName(name, now: max(date, last.addingTimeInterval(1)))
        case .noteToSelfPriority(let priority): try profile.setNoteToSelfPriority(priority)
        default: break
        }
    }

    private func apply(to positions: inout ConvoInfoVolatileConfig, at date: Date) throws(ConfigError) {
        switch self {
        case .lastRead(let place, let time):
            guard positions.position(place.conversation)?.lastRead ?? 0 < time else { return }
            try positions.set(place.conversation, now: date) { $0.lastRead = time }
        case .markedUnread(let place, let isUnread):
            guard positions.position(place.conversation)?.isUnread ?? false != isUnread else { return }
            try positions.set(place.conversation, now: date) { $0.isUnread = isUnread }
        case .forgetPosition(let place):
            guard positions.position(place.conversation) != nil else { return }
            try positions.erase(place.conversation)
        default: break
        }
    }
}

extension ConfigEdit.ContactChange {
    fileprivate func apply(to entry: inout ContactEntry) {
        switch self {
        case .approved(let isApproved): entry.isApproved = isApproved
        case .approvedUs(let didApprove): entry.didApproveUs = didApprove
        case .blocked(let isBlocked): entry.isBlocked = isBlocked
        case .nickname(let name): entry.nickname = name
        case .profile(let profile):
            // Another device may have heard something newer meanwhile.
            guard profile.updated >= entry.profileUpdated else { return }
            (entry.name, entry.profileUpdated) = (profile.name, profile.updated)
            entry.picture =
                if let url = profile.pictureURL, let key = profile.pictureKey {
                    try? ConfigPicture(url: url, key: key)  // longer than devices share: none
                } else { nil }
        case .priority(let priority): entry.priority = priority
        case .mutedUntil(let seconds): entry.muteUntil = seconds
        }
    }
}

extension VolatileConversation {
    /// A person or a group. Groups of old clients and communities are told by the account's groups; see ``ReadPlace``.
    init?(_ id: ConversationID) {
        switch id {
        case .account(let account): self = .account(account)
        case .group(let group): self = .group(group)
        case .community: return nil
        }
    }

    /// `nil` for what this version does not show.
    var conversationID: ConversationID? {
        switch self {
        case .account(let account), .legacyGroup(let account): .account(account)
        case .group(let group): .group(group)
        case .community(let room): room.conversationID
        case .blinded: nil
        }
    }
}

extension CommunityRoom {
    var conversationID: ConversationID { .community("\(server.url)/\(name.lowercased())") }
}

extension UserGroupsConfig {
    /// Changes what all kinds of groups have in common; nothing if there is no such group.
    fileprivate mutating func change(
        _ id: ConversationID, _ body: (inout GroupCommon) -> Void
    ) throws(ConfigError) {
        switch id {
        case .group(let group):
            guard self.group(group) != nil else { return }
            try set(group) { body(&$0.common) }
        case .community:
            guard let entry = communities.first(where: { $0.room.conversationID == id }) else { return }
            try set(entry.room, body)
        case .account(let account):
            guard legacyGroups.contains(where: { $0.id == account }) else { return }
            try setLegacy(account) { body(&$0.common) }
        }
    }
}
