import Foundation
import SessionConfig
import SessionWire
import ShallotStore

extension ConfigProjection {
    func show(_ person: AccountID, in contacts: ContactsConfig, at date: Date, isMerge: Bool) throws {
        // One's own record is nobody's contact.
        guard person != editor.own else { return }
        guard let entry = contacts.contact(person) else { return try remove(person, at: date) }
        let begun = entry.created > 0 ? Date(timeIntervalSince1970: Double(entry.created)) : editor.now
        try store.upsertContact(person, now: begun) { contact in
            contact.nickname = Self.name(entry.nickname)
            // A merge may bring back what somebody said of themselves before.
            if contact.profileUpdatedSeconds <= UInt64(clamping: entry.profileUpdated) {
                // A record that two devices changed and removed at the same time may have lost its name.
                contact.name = Self.name(entry.name) ?? contact.name
                contact.profileUpdatedSeconds = UInt64(clamping: entry.profileUpdated)
                (contact.pictureURL, contact.pictureKey) = (entry.picture?.url, entry.picture?.key)
            }
            (contact.isApproved, contact.approvedMe) = (entry.isApproved, entry.didApproveUs)
            contact.isBlocked = entry.isBlocked
        }
        let id = ConversationID.account(person)
        let isShown = entry.priority >= 0
        if !isShown, try store.priority(of: id) ?? -1 >= 0, try clear(id, upTo: date) {
            // Something came after it was hidden elsewhere: it is in the list again, there too.
            return try editor.edit(.contact(id, .priority(0)))
        }
        let traits = SharedTraits(
            priority: Int(clamping: entry.priority), mutedUntil: ConfigMute.date(entry.muteUntil),
            expiry: ConversationRecord.Expiry(entry.expiry), createdAt: begun)
        try apply(traits, to: id, creates: isMerge && isShown && (entry.isApproved || entry.didApproveUs))
    }

    /// Another device forgot somebody. Who has written since asks anew.
    private func remove(_ person: AccountID, at date: Date) throws {
        let id = ConversationID.account(person)
        guard try clear(id, upTo: date) else {
            try store.deleteContact(person)
            return
        }
        try store.upsertContact(person, now: editor.now) { contact in
            (contact.isApproved, contact.isBlocked, contact.nickname) = (false, false, nil)
        }
        try editor.edit(.contact(id, .approvedUs(true)))
    }

    /// Note to Self was hidden on another device: what was noted before is gone.
    func hideNotes(at date: Date) throws {
        guard UserProfileConfig(try editor.config(.userProfile)).noteToSelfPriority < 0 else { return }
        if try clear(.account(editor.own), upTo: date) { try editor.edit(.noteToSelfPriority(0)) }
    }

    /// Removes the messages that were there when a conversation was removed or hidden, for good.
    /// - Returns: whether there are later ones that bring it back.
    private func clear(_ id: ConversationID, upTo date: Date) throws -> Bool {
        let start = date.addingTimeInterval(-IncomingRoute.staleLimit)
        let keys = try store.messageKeys(id, after: start)
        try RemovedMessages.remember(keys.filter { $0.sentAt <= date }, in: store, now: editor.now)
        try store.noteRemoval(of: id, at: date)
        // Notes are one's own; elsewhere only what somebody else says brings a conversation back.
        let isNotes = id == .account(editor.own)
        let isLater = keys.contains { $0.sentAt > date && (isNotes || $0.author != editor.own) }
        if isLater {
            try store.clearMessages(id, upTo: date)
        } else {
            try store.deleteConversation(id)
        }
        return isLater
    }
}

extension ConversationRecord.Expiry {
    init?(_ expiry: ContactEntry.Expiry?) {
        switch expiry {
        case .afterSend(let seconds): self.init(start: .sent, seconds: seconds)
        case .afterRead(let seconds): self.init(start: .read, seconds: seconds)
        case nil: return nil
        }
    }
}
