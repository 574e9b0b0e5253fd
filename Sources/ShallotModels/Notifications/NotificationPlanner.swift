public import SessionWire

/// Decides which notifications there are: one for each conversation with up to five lines, one for all message requests.
/// A value without clock, store or desktop; it is told what happened and answers with what to show.
public nonisolated struct NotificationPlanner: Sendable {
    public static let maximumLines = 5
    /// The most characters of one message that leave for the desktop.
    public static let maximumLineLength = 200

    /// Something to tell about.
    public struct Incoming: Sendable {
        public var conversation: ConversationID
        public var name: String
        public var text: String
        public var isMuted: Bool
        /// The conversation is open in the focused window: its reader sees the message.
        public var isInFront: Bool

        public init(conversation: ConversationID, name: String, text: String, isMuted: Bool, isInFront: Bool) {
            (self.conversation, self.name, self.text) = (conversation, name, text)
            (self.isMuted, self.isInFront) = (isMuted, isInFront)
        }
    }

    public var isOn = true
    public var content = NotificationContent.nameAndMessage

    private struct Shown {
        let token: String
        var lines: [String]
    }
    private var shown: [ConversationID: Shown] = [:]
    private var tokens: [String: ConversationID] = [:]
    private let requestsToken: String
    private var isRequestShown = false
    private let makeToken: @Sendable () -> String

    public init(makeToken: @escaping @Sendable () -> String) {
        self.makeToken = makeToken
        requestsToken = makeToken()
    }

    /// Conversations with a notification on the screen.
    public var shownConversations: [ConversationID] { Array(shown.keys) }

    /// A message arrived in an approved conversation.
    public mutating func received(_ incoming: Incoming) -> [NotificationStep] {
        guard isOn, !incoming.isMuted, !incoming.isInFront else { return [] }
        var entry = shown[incoming.conversation] ?? Shown(token: makeToken(), lines: [])
        entry.lines.append(Self.line(incoming.text))
        entry.lines = entry.lines.suffix(Self.maximumLines)
        shown[incoming.conversation] = entry
        tokens[entry.token] = incoming.conversation
        let (title, body) =
            switch content {
            case .nameAndMessage: (incoming.name.isolated, entry.lines.joined(separator: "\n"))
            case .name: (incoming.name.isolated, tr("New message"))
            case .nothing: ("Shallot", tr("New message"))
            }
        // An answer goes to somebody, so the name has to be there.
        let actions: [DesktopNotification.Action] = content == .nothing ? [.markRead] : [.reply, .markRead]
        return [.show(DesktopNotification(token: entry.token, title: title, body: body, actions: actions))]
    }

    /// A first message from somebody unknown: said without name and text, once for all requests.
    public mutating func requestReceived(isInFront: Bool) -> [NotificationStep] {
        guard isOn, !isInFront else { return [] }
        isRequestShown = true
        return [
            .show(
                DesktopNotification(
                    token: requestsToken, title: tr("Message request"), body: tr("Somebody new wrote to you."),
                    actions: [.open]))
        ]
    }

    /// The conversation was read, here or on another device, or went away.
    public mutating func read(_ conversation: ConversationID) -> [NotificationStep] {
        guard let entry = shown.removeValue(forKey: conversation) else { return [] }
        tokens[entry.token] = nil
        return [.withdraw(token: entry.token)]
    }

    /// The person put the notification away: the next message of the conversation stands alone.
    public mutating func putAway(_ token: String) {
        if let conversation = tokens[token] { shown[conversation]?.lines = [] }
        if token == requestsToken { isRequestShown = false }
    }

    /// The requests page was opened.
    public mutating func requestsSeen() -> [NotificationStep] {
        guard isRequestShown else { return [] }
        isRequestShown = false
        return [.withdraw(token: requestsToken)]
    }

    /// Everything goes: notifications were turned off, or the account left this device.
    public mutating func clear() -> [NotificationStep] {
        let steps = shown.values.map { NotificationStep.withdraw(token: $0.token) } + requestsSeen()
        (shown, tokens) = ([:], [:])
        return steps
    }

    /// What a click on a notification opens.
    public enum Target: Equatable, Sendable { case conversation(ConversationID), requests }

    /// - Returns: `nil` for a token that this run did not give out.
    public func target(of token: String) -> Target? {
        token == requestsToken ? .requests : tokens[token].map(Target.conversation)
    }

    private static func line(_ text: String) -> String {
        let line = text.withoutDirectionControls.split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count > maximumLineLength ? line.prefix(maximumLineLength - 1) + "…" : line
    }
}
