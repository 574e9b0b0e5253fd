import Foundation
import SessionConfig
import SessionWire
import ShallotStore

extension ConfigProjection {
    /// Brings the entries of groups and communities up to date. They are few.
    func showGroups() throws {
        let groups = UserGroupsConfig(try editor.config(.userGroups))
        var shown: Set<ConversationID> = []
        for group in groups.groups {
            let membership = MembershipRecord(
                kind: .group, name: Self.name(group.name) ?? "", isInvited: group.common.isInvited,
                isRemoved: group.removal != nil)
            try show(membership, group.common, of: .group(group.id), &shown)
        }
        for community in groups.communities {
            let name = Self.name(community.room.name) ?? ""
            try show(
                MembershipRecord(kind: .community, name: name), community.common, of: community.room.conversationID,
                &shown)
        }
        for group in groups.legacyGroups where group.id != editor.own {
            let membership = MembershipRecord(kind: .legacyGroup, name: Self.name(group.name) ?? "")
            try show(membership, group.common, of: .account(group.id), &shown)
        }
        for gone in try store.memberships().subtracting(shown) { try store.removeMembership(gone) }
    }

    private func show(
        _ membership: MembershipRecord, _ common: GroupCommon, of id: ConversationID,
        _ shown: inout Set<ConversationID>
    ) throws {
        shown.insert(id)
        try store.saveMembership(membership, of: id)
        let begun = common.joined > 0 ? Date(timeIntervalSince1970: Double(common.joined)) : editor.now
        let traits = SharedTraits(
            priority: Int(clamping: common.priority), mutedUntil: ConfigMute.date(common.muteUntil), expiry: nil,
            createdAt: begun)
        try apply(traits, to: id, creates: true)
    }

    // MARK: Read positions

    /// Writes what devices agreed on about a conversation; how far it was read may have arrived before it.
    func apply(_ traits: SharedTraits, to id: ConversationID, creates: Bool) throws {
        let isNew = try creates && store.priority(of: id) == nil
        try store.apply(traits, to: id, creates: creates)
        guard isNew, let place = try editor.readPlace(of: id) else { return }
        let positions = ConvoInfoVolatileConfig(try editor.config(.convoInfoVolatile))
        if let known = positions.position(place.conversation) { try show(known, of: id) }
    }

    private func show(_ position: ReadPosition, of id: ConversationID) throws {
        let time = Date(timeIntervalSince1970: Double(position.lastRead) / 1_000)
        try store.applyReading(
            id, upTo: position.lastRead > 0 ? min(time, editor.now) : nil, isMarkedUnread: position.isUnread)
    }

    /// Marks as read what other devices have read. Positions of conversations that are not here are kept, nothing more.
    func showPositions(from before: ConfigDict) throws {
        let positions = ConvoInfoVolatileConfig(try editor.config(.convoInfoVolatile)).positions
        let known = Dictionary(
            ConvoInfoVolatileConfig.positions(in: before).map { ($0.conversation, $0.position) }
        ) { first, _ in first }
        var present: Set<VolatileConversation> = []
        for (conversation, position) in positions {
            present.insert(conversation)
            guard known[conversation] != position, let id = conversation.conversationID else { continue }
            try show(position, of: id)
        }
        for (conversation, position) in known where position.isUnread && !present.contains(conversation) {
            guard let id = conversation.conversationID else { continue }
            try store.applyReading(id, upTo: nil, isMarkedUnread: false)
        }
    }
}
