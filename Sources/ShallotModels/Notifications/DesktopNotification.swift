/// A notification as the desktop should show it. The token is random for each run: nothing outside the app learns an
/// account ID.
public nonisolated struct DesktopNotification: Equatable, Sendable {
    /// What its buttons do; a click on the whole always opens.
    public enum Action: String, Sendable {
        case open, reply
        case markRead = "mark-read"
        case answer, decline
        case callBack = "call-back"
        /// A text instead of a call back.
        case message
        case turnOnCalls = "turn-on-calls"

        /// Those of notifications about calls.
        public static let ofCalls: [Action] = [.answer, .decline, .callBack, .message, .turnOnCalls]

        public var words: String {
            switch self {
            case .open: tr("Open")
            case .reply: tr("Reply")
            case .markRead: tr("Mark as Read")
            case .answer: tr("Answer")
            case .decline: tr("Decline")
            case .callBack: tr("Call Back")
            case .message: tr("Message")
            case .turnOnCalls: tr("Turn On")
            }
        }
    }

    public enum Kind: Equatable, Sendable { case message, incomingCall, missedCall }

    public let token: String
    public let title: String
    public let body: String
    public let actions: [Action]
    public var kind = Kind.message
}

/// What to do to the notifications on the screen.
public nonisolated enum NotificationStep: Equatable, Sendable {
    /// Show it, or replace the one with the same token.
    case show(DesktopNotification)
    case withdraw(token: String)

    var token: String {
        switch self {
        case .show(let notification): notification.token
        case .withdraw(let token): token
        }
    }

    /// The last step of each notification, in their order: what a series of steps comes to.
    static func latest(of steps: [NotificationStep]) -> [NotificationStep] {
        var seen: Set<String> = []
        return steps.reversed().filter { seen.insert($0.token).inserted }.reversed()
    }
}
