import Foundation
import SessionConfig
import SessionWire
import ShallotStore

/// Shows in the rows what the configs say. Rows never flow back: whoever changes something changes the config.
/// - Source: configs.md §11
struct ConfigProjection {
    let editor: ConfigEditor
    var store: StoreTransaction { editor.store }

    init(_ editor: ConfigEditor) { self.editor = editor }

    /// Shows one edit.
    func show(_ edit: ConfigEdit) throws {
        switch edit {
        case .profileName, .noteToSelfPriority:
            try show(UserProfileConfig(editor.config(.userProfile)), isMerge: false)
        case .contact(let id, _), .removeContact(let id):
            guard let person = id.accountID else { return }
            try show(person, in: ContactsConfig(editor.config(.contacts)), at: editor.now, isMerge: false)
        case .lastRead, .forgetPosition: break  // whoever reads here has marked the messages
        case .markedUnread(let place, let isUnread):
            guard let id = place.conversation.conversationID else { return }
            try store.applyReading(id, upTo: nil, isMarkedUnread: isUnread)
        case .groupPriority, .groupMute: try showGroups()
        }
    }

    /// Shows what a merge changed.
    /// - Parameters:
    ///   - before: the data that the rows show.
    ///   - date: when the change was stored in the swarm.
    func show(_ kind: ConfigKind, from before: ConfigDict, to after: ConfigDict, at date: Date) throws {
        guard before != after else { return }
        switch kind {
        case .userProfile: try show(UserProfileConfig(editor.config(.userProfile)), isMerge: true)
        case .contacts:
            let contacts = ContactsConfig(try editor.config(.contacts))
            for person in Self.changedPeople(from: before, to: after) {
                try show(person, in: contacts, at: date, isMerge: true)
            }
        case .userGroups: try showGroups()
        case .convoInfoVolatile: try showPositions(from: before)
        case .groupInfo, .groupMembers: break
        }
    }

    private static func changedPeople(from before: ConfigDict, to after: ConfigDict) -> [AccountID] {
        let key = Array("c".utf8)
        let (old, new) = (before[key]?.dict ?? [:], after[key]?.dict ?? [:])
        return new.keys(differingFrom: old)
            .compactMap { $0.first == AccountID.prefix ? AccountID(publicKey: Array($0.dropFirst())) : nil }
    }

    // MARK: Oneself

    private func show(_ profile: UserProfileConfig, isMerge: Bool) throws {
        // A config without a name is that of an account that is not set up.
        guard let text = profile.name, let name = Self.name(text) else { return }
        if isMerge { try store.setPreference(.provisionalName, to: "") }
        let updated = Date(timeIntervalSince1970: Double(profile.profileUpdated ?? 0))
        try store.updateProfile(displayName: name, updatedAt: updated)
        try store.updatePicture(url: profile.picture?.url, key: profile.picture?.key)
        let id = ConversationID.account(editor.own)
        let priority = Int(clamping: profile.noteToSelfPriority)
        let traits = SharedTraits(
            priority: priority, mutedUntil: try store.conversation(id)?.conversation.mutedUntil,
            expiry: profile.noteToSelfExpiry.map { .init(start: .sent, seconds: $0) }, createdAt: editor.now)
        try store.apply(traits, to: id, creates: isMerge && priority >= 0)
    }

    /// A name as it may be shown, cut where it is too long; `nil` if nothing is left.
    static func name(_ text: String) -> String? {
        (try? DisplayName(ConfigName.truncated(text)))?.text  // an unusable name is none
    }
}
