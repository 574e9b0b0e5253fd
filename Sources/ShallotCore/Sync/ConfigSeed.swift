import Foundation
import SessionConfig
import SessionWire
import ShallotStore

/// Puts into a config what the rows of an account from before configs say. What another device has written down already
/// stands; only what is missing there is added.
struct ConfigSeed {
    private let editor: ConfigEditor

    init(_ editor: ConfigEditor) { self.editor = editor }

    func sow(in config: inout SharedConfig) throws {
        switch config.kind {
        case .userProfile:
            var profile = UserProfileConfig(config)
            try sow(in: &profile)
            config = profile.config
        case .contacts:
            var contacts = ContactsConfig(config)
            try sow(in: &contacts)
            config = contacts.config
        case .convoInfoVolatile:
            var positions = ConvoInfoVolatileConfig(config)
            try sow(in: &positions)
            config = positions.config
        case .userGroups, .groupInfo, .groupMembers: break
        }
    }

    private func sow(in profile: inout UserProfileConfig) throws {
        let isNew = profile.name == nil
        guard let account = try editor.store.account() else { return }
        let updated = account.profileUpdatedAt ?? Date(timeIntervalSince1970: 1)
        let known = Date(timeIntervalSince1970: Double(profile.profileUpdated ?? 0))
        if !account.displayName.isEmpty, isNew || updated > known.addingTimeInterval(1) {
            try profile.setName(account.displayName, now: updated)
        }
        guard isNew, profile.name != nil else { return }
        try profile.setNoteToSelfPriority(Int64(try editor.store.priority(of: .account(editor.own)) ?? -1))
    }

    private func sow(in contacts: inout ContactsConfig) throws {
        let conversations = try conversations()
        let known = try editor.store.allContacts().filter { $0.accountID != editor.own }.map { ($0.accountID, $0) }
        let rows = Dictionary(known) { first, _ in first }
        try contacts.set(Array(rows.keys)) { entry, isNew in
            guard let contact = rows[entry.id] else { return }
            let conversation = conversations[.account(entry.id)]
            entry.isApproved = entry.isApproved || contact.isApproved
            entry.didApproveUs = entry.didApproveUs || contact.approvedMe
            if entry.nickname.isEmpty { entry.nickname = contact.nickname ?? "" }
            let updated = Int64(clamping: contact.profileUpdatedSeconds)
            if entry.name.isEmpty || updated > entry.profileUpdated {
                (entry.name, entry.profileUpdated) = (contact.name ?? entry.name, updated)
                entry.picture = contact.picture ?? entry.picture
            }
            guard isNew else { return }
            entry.isBlocked = contact.isBlocked
            entry.created = Int64(contact.createdAt.timeIntervalSince1970)
            entry.priority = Int64(conversation?.priority ?? 0)
            entry.muteUntil = ConfigMute.seconds(conversation?.mutedUntil)
        }
    }

    private func sow(in positions: inout ConvoInfoVolatileConfig) throws {
        let rows = try conversations()
        let places = rows.keys.compactMap { id in VolatileConversation(id).map { ($0, id) } }
        let ids = Dictionary(places) { first, _ in first }
        try positions.set(Array(ids.keys), now: editor.now) { place, position in
            guard let row = ids[place].flatMap({ rows[$0] }) else { return }
            let isNew = position == ReadPosition()
            let lastRead = row.lastReadAt.map { Int64(min($0, editor.now).timeIntervalSince1970 * 1_000) } ?? 0
            position.lastRead = max(position.lastRead, lastRead)
            if isNew { position.isUnread = row.isMarkedUnread }
        }
    }

    private func conversations() throws -> [ConversationID: ConversationRecord] {
        Dictionary(try editor.store.allConversations().map { ($0.id, $0) }) { first, _ in first }
    }
}

extension ContactRecord {
    fileprivate var picture: ConfigPicture? {
        guard let pictureURL, let pictureKey else { return nil }
        return try? ConfigPicture(url: pictureURL, key: pictureKey)  // longer than devices share: none
    }
}

/// How long a conversation stays silent, as configs say it.
enum ConfigMute {
    /// "For ever": greater numbers would be taken for milliseconds.
    /// - Source: configs.md §3
    private static let forever: Int64 = 9_000_000_000
    /// From the year 2200 on it is for ever.
    private static let longest: Int64 = 7_258_118_400

    /// Unix seconds; 0 for not muted.
    static func seconds(_ date: Date?) -> Int64 {
        guard let date else { return 0 }
        let seconds = date.timeIntervalSince1970
        return seconds >= Double(longest) ? forever : max(1, Int64(seconds))
    }

    static func date(_ seconds: Int64) -> Date? {
        seconds <= 0 ? nil : seconds >= longest ? .distantFuture : Date(timeIntervalSince1970: Double(seconds))
    }
}
