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
    /// Somebody else sees the screen.
    private var isScreenShared = false
    /// What may be said now.
    private var said: NotificationContent { isScreenShared ? .nothing : content }

    private struct Shown {
        let token: String
        var lines: [String]
    }
    private var shown: [ConversationID: Shown] = [:]
    private var tokens: [String: ConversationID] = [:]
    /// Notifications of calls, which are not those of messages: what rings now, and who was missed.
    private var ringing: (conversation: ConversationID, token: String)?
    private var missedCalls: [ConversationID: String] = [:]
    private let requestsToken: String
    private var isRequestShown = false
    private let makeToken: @Sendable () -> String

    public init(makeToken: @escaping @Sendable () -> String) {
        self.makeToken = makeToken
        requestsToken = makeToken()
    }

    /// Conversations with a notification on the screen.
    public var shownConversations: [ConversationID] { Array(Set(shown.keys).union(missedCalls.keys)) }

    /// A message arrived in an approved conversation.
    public mutating func received(_ incoming: Incoming) -> [NotificationStep] {
        guard isOn, !incoming.isMuted, !incoming.isInFront else { return [] }
        var entry = shown[incoming.conversation] ?? Shown(token: makeToken(), lines: [])
        entry.lines.append(Self.line(incoming.text))
        entry.lines = entry.lines.suffix(Self.maximumLines)
        shown[incoming.conversation] = entry
        tokens[entry.token] = incoming.conversation
        let (title, body) =
            switch said {
            case .nameAndMessage: (incoming.name.isolated, entry.lines.joined(separator: "\n"))
            case .name: (incoming.name.isolated, tr("New message"))
            case .nothing: ("Shallot", tr("New message"))
            }
        // An answer goes to somebody, so the name has to be there.
        let actions: [DesktopNotification.Action] = said == .nothing ? [.markRead] : [.reply, .markRead]
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
        let gone = [shown.removeValue(forKey: conversation)?.token, missedCalls.removeValue(forKey: conversation)]
            .compactMap { $0 }
        gone.forEach { tokens[$0] = nil }
        return gone.map { .withdraw(token: $0) }
    }

    /// The screen begins or ceases to be shown to somebody else, who would read what stands there, too. What was hidden
    /// stays so: nobody is told of it twice.
    mutating func screen(isShared: Bool) -> [NotificationStep] {
        guard isShared != isScreenShared else { return [] }
        isScreenShared = isShared
        guard isShared, content != .nothing else { return [] }
        return shownConversations.flatMap { read($0) }
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
        let calls = missedCalls.values + [ringing?.token].compactMap { $0 }
        let steps =
            (shown.values.map(\.token) + calls).map { NotificationStep.withdraw(token: $0) } + requestsSeen()
        (shown, tokens, missedCalls, ringing) = ([:], [:], [:], nil)
        return steps
    }

    // MARK: Calls

    /// A call rings. It is said once, however often the call changes meanwhile.
    mutating func rings(_ conversation: ConversationID, name: String) -> [NotificationStep] {
        guard isOn, ringing?.conversation != conversation else { return [] }
        let gone = ringing.map { ringingEnded($0.conversation) } ?? []
        let token = makeToken()
        ringing = (conversation, token)
        tokens[token] = conversation
        return gone + [
            .show(
                DesktopNotification(
                    token: token, title: tr("Incoming call"), body: said == .nothing ? "" : name.isolated,
                    actions: [.answer, .decline], kind: .incomingCall))
        ]
    }

    /// It rings no more: answered, declined, or given up.
    mutating func ringingEnded(_ conversation: ConversationID) -> [NotificationStep] {
        guard let ringing, ringing.conversation == conversation else { return [] }
        self.ringing = nil
        tokens[ringing.token] = nil
        return [.withdraw(token: ringing.token)]
    }

    /// Somebody called, and nobody answered or could answer.
    mutating func callMissed(_ conversation: ConversationID, name: String, areCallsOff: Bool) -> [NotificationStep] {
        guard isOn else { return [] }
        let token = missedCalls[conversation] ?? makeToken()
        missedCalls[conversation] = token
        tokens[token] = conversation
        let who = said == .nothing ? "" : name.isolated
        let actions: [DesktopNotification.Action] =
            areCallsOff ? [.turnOnCalls] : said == .nothing ? [.open] : [.callBack, .message]
        return [
            .show(
                DesktopNotification(
                    token: token, title: tr("Missed call"),
                    body: areCallsOff
                        ? [who, tr("Calls are off.")].filter { !$0.isEmpty }.joined(separator: "\n") : who,
                    actions: actions, kind: .missedCall))
        ]
    }

    /// Whether this is the notification of a call that rings.
    func isCall(_ token: String) -> Bool { ringing?.token == token }

    /// What a click on a notification opens.
    public enum Target: Equatable, Sendable { case conversation(ConversationID), requests }

    /// - Returns: `nil` for a token that this run did not give out.
    public func target(of token: String) -> Target? {
        token == requestsToken ? .requests : tokens[token].map(Target.conversation)
    }

    private static func line(_ text: String) -> String {
        let line = text.withoutDirectionControls.split(whereSeparator: \.isNewline).joined(separator: " ")
        // Nobody writes nothing: it is something that only a later version can show.
        guard !line.isEmpty else { return ControlText.unsupported }
        return line.count > maximumLineLength ? line.prefix(maximumLineLength - 1) + "…" : line
    }
}
