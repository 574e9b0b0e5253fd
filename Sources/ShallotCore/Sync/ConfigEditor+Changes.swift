import Foundation
import SessionConfig
import SessionWire
import ShallotStore

/// What people and messages change. Each goes into the config, and from there into the rows.
extension ConfigEditor {
    // MARK: People

    /// Makes the shared half of a contact what `after` says.
    func change(_ id: AccountID, from before: ContactRecord?, to after: ContactRecord) throws {
        guard id != own else { return }
        let conversation = ConversationID.account(id)
        let isShared = try contact(id) != nil
        // Of somebody whom only a row knows everything is new to the config.
        let old =
            isShared ? before ?? ContactRecord(accountID: id, createdAt: now) : .init(accountID: id, createdAt: now)
        if !isShared, before != nil, let row = try store.conversation(conversation)?.conversation {
            try edit(.contact(conversation, .priority(Int64(row.priority))))
            try edit(.contact(conversation, .mutedUntil(ConfigMute.seconds(row.mutedUntil))))
        }
        if after.isApproved != old.isApproved { try edit(.contact(conversation, .approved(after.isApproved))) }
        if after.approvedMe != old.approvedMe { try edit(.contact(conversation, .approvedUs(after.approvedMe))) }
        if after.isBlocked != old.isBlocked { try edit(.contact(conversation, .blocked(after.isBlocked))) }
        if after.nickname != old.nickname { try edit(.contact(conversation, .nickname(after.nickname ?? ""))) }
        let profile = ConfigEdit.ContactProfile(after)
        if profile != ConfigEdit.ContactProfile(old) { try edit(.contact(conversation, .profile(profile))) }
    }

    /// Changes a contact, who comes into being if not known.
    @discardableResult
    func change(_ id: AccountID, _ body: (inout ContactRecord) -> Void) throws -> ContactRecord {
        let before = try store.contact(id)
        var after = before ?? ContactRecord(accountID: id, createdAt: now)
        body(&after)
        try change(id, from: before, to: after)
        return try store.contact(id) ?? after
    }

    /// Forgets a person on all devices.
    func removeContact(_ id: AccountID) throws {
        let conversation = ConversationID.account(id)
        try edit(.removeContact(conversation))
        try edit(.forgetPosition(ReadPlace(.account(id))))
        // Somebody who was in no config: a draft, say.
        try RemovedMessages.remember(all: conversation, in: store, now: now)
        try store.noteRemoval(of: conversation, at: now)
        try store.deleteContact(id)
    }

    // MARK: Conversations

    /// −1 hides, 0 is normal, above pins.
    func setPriority(_ priority: Int, of id: ConversationID) throws {
        if id == .account(own) {
            try edit(.noteToSelfPriority(Int64(priority)))
        } else if try store.isMembership(id) {
            try edit(.groupPriority(id, Int64(priority)))
        } else if let person = id.accountID, try contact(person) != nil {
            try edit(.contact(id, .priority(Int64(priority))))
        }
        // A conversation that no device shares, or a config that said so before the row did.
        if try store.priority(of: id) != priority { try store.setPriority(priority, for: id) }
    }

    func setMuted(until date: Date?, _ id: ConversationID) throws {
        let seconds = ConfigMute.seconds(date)
        if try store.isMembership(id) {
            try edit(.groupMute(id, seconds))
        } else if let person = id.accountID, person != own, try contact(person) != nil {
            try edit(.contact(id, .mutedUntil(seconds)))
        }
        try store.setMuted(until: date, for: id)
    }

    /// Removes the messages here and hides the conversation everywhere.
    func removeConversation(_ id: ConversationID) throws {
        try RemovedMessages.remember(all: id, in: store, now: now)
        try store.noteRemoval(of: id, at: now)
        try store.deleteConversation(id)
        try setPriority(-1, of: id)
    }

    /// Brings a hidden conversation back into the list, because somebody writes in it.
    func show(_ id: ConversationID) throws {
        if id == .account(own) {
            let profile = UserProfileConfig(try config(.userProfile))
            if profile.noteToSelfPriority < 0 { try edit(.noteToSelfPriority(0)) }
        } else if let person = id.accountID, let entry = try contact(person), entry.priority < 0 {
            try edit(.contact(id, .priority(0)))
        }
    }

    func markRead(_ id: ConversationID, upTo date: Date) throws {
        try store.markRead(id, upTo: date)
        let time = Int64((min(date, now).timeIntervalSince1970 * 1_000).rounded())
        guard let place = try readPlace(of: id) else { return }
        try edit(.lastRead(place, time))
        try edit(.markedUnread(place, false))
    }

    func setMarkedUnread(_ isUnread: Bool, _ id: ConversationID) throws {
        try store.setMarkedUnread(isUnread, for: id)
        if let place = try readPlace(of: id) { try edit(.markedUnread(place, isUnread)) }
    }

    private func contact(_ person: AccountID) throws -> ContactEntry? {
        ContactsConfig(try config(.contacts)).contact(person)
    }

    // MARK: Looking

    /// How far other devices have read; `nil` if none said anything.
    func readUpTo(_ id: ConversationID) throws -> Date? {
        if let known = try store.syncedReadAt(id) { return known }
        // The conversation begins only now.
        guard try store.priority(of: id) == nil, let place = try readPlace(of: id),
            let position = ConvoInfoVolatileConfig(try config(.convoInfoVolatile)).position(place.conversation),
            position.lastRead > 0
        else { return nil }
        return min(Date(timeIntervalSince1970: Double(position.lastRead) / 1_000), now)
    }

    /// Whether the contacts have this person, and not hidden.
    func isShown(_ person: AccountID) throws -> Bool { try contact(person).map { $0.priority >= 0 } ?? false }
}

extension ConfigEdit.ContactProfile {
    fileprivate init(_ contact: ContactRecord) {
        self.init(
            name: contact.name ?? "", pictureURL: contact.pictureURL, pictureKey: contact.pictureKey,
            updated: Int64(clamping: contact.profileUpdatedSeconds))
    }
}
