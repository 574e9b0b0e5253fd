import Foundation
import SessionWire
import ShallotStore

/// Applies routed messages to the database, in order, inside one transaction, and collects what there is to tell.
/// - Source: identity-and-messages.md §3.8, §4.5, §4.10
struct IncomingBatch {
    let own: AccountID
    let now: Date
    let isCatchingUp: Bool
    private(set) var events: [MessengerEvent] = []
    private(set) var calls: [IncomingCallMessage] = []
    /// What is known about the people in this batch; `nil` for strangers.
    private var contacts: [AccountID: ContactRecord?] = [:]
    /// Strangers whose first message is already known.
    private var strangers: Set<AccountID> = []
    /// What devices share, within the same transaction.
    private let configs: ConfigEditor
    private var places: [ConversationID: IncomingPlace] = [:]

    init(own: AccountID, now: Date, isCatchingUp: Bool, configs: ConfigEditor) {
        self.own = own
        self.now = now
        self.isCatchingUp = isCatchingUp
        self.configs = configs
    }

    mutating func apply(_ route: IncomingRoute, hash: MessageHash, in store: StoreTransaction) throws {
        switch route {
        case .text(let sender, let text): try receive(text, from: sender, hash, store)
        case .ownText(let conversation, let text): try mirror(text, in: conversation, hash, store)
        case .requestAccepted(let sender, let sentAt, let profile):
            try accepted(by: sender, sentAt, profile, hash, store)
        case .unsend(let author, let sentAt, let conversation):
            guard try contact(author, store)?.isBlocked != true else { return }
            try store.unsend(author: author, sentAt: sentAt, in: conversation.map(ConversationID.account), own: own)
        case .call(let message): calls.append(message)
        case .skip: break
        }
    }

    private mutating func receive(
        _ text: IncomingText, from sender: AccountID, _ hash: MessageHash, _ store: StoreTransaction
    ) throws {
        let known = try contact(sender, store)
        guard known?.isBlocked != true, try !store.isSeen(.name(of: sender, sentAt: text.sentAt)) else { return }
        let conversation = ConversationID.account(sender)
        let place = try place(conversation)
        guard !place.isGone(text.sentAt) else { return }
        let isFirst = try known?.isApproved != true && isFirstMessage(from: sender, store)
        let new = NewIncoming(
            conversation: conversation, author: sender, sentAt: text.sentAt, receivedAt: now, kind: text.kind,
            body: text.body, serverHash: hash, unshown: text.unshown, isRead: place.isRead(text.sentAt))
        guard case .inserted(let id) = try insert(new, store) else { return }
        // Whoever writes to us has accepted to hear from us.
        let contact = try change(sender, store) { contact in
            contact.approvedMe = true
            contact.apply(text.profile)
        }
        if contact.isApproved {
            tell(MessageRecord(new, id: id), contact)
        } else if isFirst {
            events.append(isCatchingUp ? .requestRestored(conversation) : .requestReceived(conversation))
        }
    }

    /// A copy of what another device of this account sent, or a Note to Self.
    private mutating func mirror(
        _ text: IncomingText, in recipient: AccountID, _ hash: MessageHash, _ store: StoreTransaction
    ) throws {
        guard try !store.isSeen(.name(of: own, sentAt: text.sentAt)) else { return }
        let conversation = ConversationID.account(recipient)
        guard try !place(conversation).isGone(text.sentAt) else { return }
        let new = NewIncoming(
            conversation: conversation, author: own, sentAt: text.sentAt, receivedAt: now, kind: text.kind,
            body: text.body, serverHash: hash, unshown: text.unshown, isOutgoing: true)
        guard case .inserted(let id) = try insert(new, store) else { return }
        var contact: ContactRecord?
        if recipient != own { contact = try change(recipient, store) { $0.isApproved = true } }
        tell(MessageRecord(new, id: id), contact)
    }

    private mutating func tell(_ message: MessageRecord, _ contact: ContactRecord?) {
        events.append(isCatchingUp ? .messageRestored(message, contact) : .messageReceived(message, contact))
    }

    /// Says something only to somebody whom we wrote to before, and only once.
    private mutating func accepted(
        by sender: AccountID, _ sentAt: Date, _ profile: Profile?, _ hash: MessageHash, _ store: StoreTransaction
    ) throws {
        guard let known = try contact(sender, store), !known.isBlocked else { return }
        try change(sender, store) { contact in
            contact.approvedMe = true
            contact.apply(profile)
        }
        let conversation = ConversationID.account(sender)
        guard known.isApproved, !known.approvedMe else { return }
        try store.insertIncoming(
            NewIncoming(
                conversation: conversation, author: sender, sentAt: sentAt, receivedAt: now, kind: .requestAccepted,
                body: "", serverHash: hash))
        events.append(.requestAccepted(conversation))
    }

    /// Keeps a message, and brings its conversation back into the list of all devices if it was hidden.
    private mutating func insert(_ new: NewIncoming, _ store: StoreTransaction) throws -> InsertResult {
        let wasHidden = try place(new.conversation).isHidden
        let result = try store.insertIncoming(new)
        if wasHidden, case .inserted = result {
            try configs.show(new.conversation)
            places[new.conversation]?.isHidden = false
        }
        return result
    }

    private mutating func place(_ id: ConversationID) throws -> IncomingPlace {
        if let known = places[id] { return known }
        let place = try IncomingPlace(id, configs, isCatchingUp: isCatchingUp)
        places[id] = place
        return place
    }

    private mutating func isFirstMessage(from stranger: AccountID, _ store: StoreTransaction) throws -> Bool {
        guard strangers.insert(stranger).inserted else { return false }
        return try store.conversation(.account(stranger))?.conversation.lastMessage == nil
    }

    private mutating func contact(_ id: AccountID, _ store: StoreTransaction) throws -> ContactRecord? {
        if let known = contacts[id] { return known }
        let contact = try store.contact(id)
        contacts[id] = .some(contact)
        return contact
    }

    /// Writes only what differs: most messages change nothing about their author.
    @discardableResult
    private mutating func change(
        _ id: AccountID, _ store: StoreTransaction, _ body: (inout ContactRecord) -> Void
    ) throws -> ContactRecord {
        if let known = try contact(id, store) {
            var changed = known
            body(&changed)
            if changed == known { return known }
        }
        let contact = try configs.change(id, body)
        contacts[id] = .some(contact)
        return contact
    }
}
