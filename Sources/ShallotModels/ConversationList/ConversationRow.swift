public import SessionWire

/// One row of the conversation list, already in words.
public nonisolated struct ConversationRow: Identifiable, Hashable, Sendable {
    /// How far the newest own message got.
    public enum Status: Sendable { case waiting, sent, read, failed }
    /// What the second line starts from.
    public enum Preview: Hashable, Sendable {
        case none
        case draft(String)
        case message(String, Status?)
    }
    public enum Badge: Hashable, Sendable {
        case none
        /// "3", up to "999+".
        case count(String)
        /// Marked as unread by hand.
        case dot
    }

    public let id: ConversationID
    public let avatar: AvatarLook
    public let title: String
    public let preview: Preview
    public let timeText: String
    public let badge: Badge
    public let isPinned: Bool
    public let isMuted: Bool
    public let isBlocked: Bool
    public let isNoteToSelf: Bool
    /// A group or community: kept, not opened.
    public var isMembership = false

    public var isUnread: Bool { badge != .none }

    /// The second line as plain text: "Draft: buy seeds", "see you at the station".
    public var previewText: String {
        switch preview {
        case .none: ""
        case .draft(let text): tr("Draft: {text}", ["text": text])
        case .message(let text, _): text
        }
    }

    /// One sentence for a screen reader, most important first.
    public var accessibleText: String {
        var parts = [title]
        if case .count(let count) = badge { parts.append(tr("{n} unread", ["n": count])) }
        if badge == .dot { parts.append(tr("Marked as unread")) }
        if case .message(_, let status?) = preview { parts.append(status.words) }
        if !previewText.isEmpty { parts.append(previewText) }
        if !timeText.isEmpty { parts.append(timeText) }
        if isPinned { parts.append(tr("Pinned")) }
        if isMuted { parts.append(tr("Muted")) }
        if isBlocked { parts.append(tr("Blocked")) }
        return parts.joined(separator: ", ")
    }

    /// The words of a count in a badge.
    static func badge(unread: Int, isMarkedUnread: Bool) -> Badge {
        switch unread {
        case ..<1: isMarkedUnread ? .dot : .none
        case 1...999: .count("\(unread)")
        default: .count("999+")
        }
    }
}

extension ConversationRow.Status {
    /// What the glyph says to somebody who cannot see it.
    public nonisolated var words: String {
        switch self {
        case .waiting: tr("Waiting")
        case .sent: tr("Sent")
        case .read: tr("Read")
        case .failed: tr("Not sent")
        }
    }
}
