import SessionWire
public import ShallotStore

/// One row of a conversation, already in words: a message, a day, the unread line or something that happened.
public nonisolated struct MessageRow: Identifiable, Hashable, Sendable {
    /// Stable while the row shows the same thing, so that a view can keep its place.
    public enum ID: Hashable, Sendable {
        case message(MessageID)
        /// The line above everything that the network has.
        case beginning
        /// The number of the day.
        case day(Int)
        case unread
    }
    public enum Content: Hashable, Sendable {
        case bubble(Bubble)
        /// Something that happened: small, centred.
        case control(String)
        case call(CallLine)
        case day(String)
        case unread(String)
    }

    public let id: ID
    public let content: Content

    public var messageID: MessageID? {
        if case .message(let id) = id { id } else { nil }
    }
    public var bubble: Bubble? {
        if case .bubble(let bubble) = content { bubble } else { nil }
    }

    /// One sentence for a screen reader.
    public var accessibleText: String {
        switch content {
        case .bubble(let bubble): bubble.accessibleText
        case .call(let line): line.accessibleText
        case .control(let text), .day(let text), .unread(let text): text
        }
    }
}

extension MessageRow {
    /// A message's bubble.
    public nonisolated struct Bubble: Hashable, Sendable {
        /// How far an own message got. Other people's messages have none.
        public nonisolated enum Status: Hashable, Sendable {
            case waiting, sent, read
            /// With the reason in words, "Not sent: no network path".
            case failed(String)

            public var words: String {
                switch self {
                case .waiting: ConversationRow.Status.waiting.words
                case .sent: ConversationRow.Status.sent.words
                case .read: ConversationRow.Status.read.words
                case .failed(let reason): reason
                }
            }
        }

        public let isOutgoing: Bool
        public let author: String
        public let avatar: AvatarLook
        public let text: String
        /// Whether a long text shows its beginning only; `nil` for one that is not long.
        public let fold: TextFold?
        /// What is shown of the text, in pieces: plain and links. In safe view everything is plain.
        public let pieces: [TextPiece]
        /// Up to six emoji and nothing else: shown large.
        public let isOnlyEmoji: Bool
        public let timeText: String
        public let status: Status?
        /// Joined to the bubble above or below: same sender, same day, less than 5 minutes apart.
        public let joinsAbove: Bool
        public let joinsBelow: Bool

        /// What is shown of the text.
        public var shownText: String { fold == .folded ? pieces.map(\.text).joined() : text }

        /// "Maria, 14:02, see you at the station, Sent".
        public var accessibleText: String {
            ([author, timeText, shownText] + [status?.words].compactMap { $0 }).joined(separator: ", ")
        }
    }
}
