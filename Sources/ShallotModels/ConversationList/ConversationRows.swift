import Foundation
import SessionWire
import ShallotStore

/// Turns what the database knows about conversations into rows, away from the main actor.
nonisolated struct ConversationRows: Sendable {
    /// The most of a message that a row shows, in characters.
    static let maximumPreview = 120

    var times: TimeTexts
    var now: Date

    @concurrent
    func rows(for summaries: [ConversationSummary]) async -> [ConversationRow] { summaries.map(row) }

    func row(_ summary: ConversationSummary) -> ConversationRow {
        let conversation = summary.conversation
        let title = summary.title
        return ConversationRow(
            id: conversation.id,
            avatar: AvatarLook(name: title, id: conversation.id, isNoteToSelf: summary.isNoteToSelf),
            title: title, preview: preview(summary),
            timeText: summary.conversation.lastMessage == nil ? "" : times.brief(conversation.lastActivityAt, now: now),
            badge: ConversationRow.badge(unread: conversation.unreadCount, isMarkedUnread: conversation.isMarkedUnread),
            isPinned: conversation.priority > 0, isMuted: summary.isMuted(at: now),
            isBlocked: summary.contact?.isBlocked ?? false, isNoteToSelf: summary.isNoteToSelf,
            isMembership: summary.membership != nil)
    }

    private func preview(_ summary: ConversationSummary) -> ConversationRow.Preview {
        if let draft = Self.oneLine(summary.conversation.draft) { return .draft(draft) }
        guard let message = summary.conversation.lastMessage else {
            return summary.membership.map { .message(MembershipWords($0).title, nil) } ?? .none
        }
        let text = ControlText.text(of: message.kind, name: summary.title.isolated) ?? Self.oneLine(message.body) ?? ""
        return .message(text, message.isOutgoing ? Self.status(message.delivery) : nil)
    }

    static func oneLine(_ text: String) -> String? {
        let line = text.prefix(maximumPreview * 4).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.isEmpty ? nil : line.count > maximumPreview ? line.prefix(maximumPreview - 1) + "…" : line
    }

    static func status(_ delivery: MessageRecord.Delivery) -> ConversationRow.Status? {
        switch delivery {
        case .none: nil
        case .waiting: .waiting
        case .sent: .sent
        case .read: .read
        case .failed: .failed
        }
    }
}

extension ConversationSummary {
    /// What the conversation is called: the nickname, the name, or a short form of the id.
    nonisolated var title: String {
        if isNoteToSelf { return tr("Note to Self") }
        if let name = contact?.displayName { return name.withoutDirectionControls }
        if let name = membership?.name, !name.isEmpty { return name.withoutDirectionControls }
        return conversation.id.accountID?.shortened ?? conversation.id.redacted
    }

    /// Both sides accepted each other.
    nonisolated var canBeCalled: Bool {
        guard !isNoteToSelf, let contact else { return false }
        return contact.isApproved && contact.approvedMe
    }

    nonisolated func isMuted(at now: Date) -> Bool { conversation.mutedUntil.map { $0 > now } ?? false }
}
