public import SessionWire
public import ShallotStore

/// Something worth telling on the desktop.
public enum NotificationRequest: Equatable, Sendable {
    /// A message of an approved conversation. How much of it is shown is the caller's setting.
    case message(conversation: ConversationID, message: MessageID, name: String, text: String)
    /// Somebody unknown wrote. Says neither who nor what, and stands for all requests.
    case messageRequest

    /// What decides besides the event itself.
    public struct Context: Sendable {
        /// The account of this profile.
        public var own: AccountID
        /// The conversation that is open in a focused window.
        public var focused: ConversationID?
        /// Conversations that do not notify now.
        public var isMuted: @Sendable (ConversationID) -> Bool

        public init(
            own: AccountID, focused: ConversationID? = nil,
            isMuted: @escaping @Sendable (ConversationID) -> Bool = { _ in false }
        ) {
            self.own = own
            self.focused = focused
            self.isMuted = isMuted
        }
    }

    /// - Returns: `nil` when nobody needs to be told.
    public static func decide(_ event: MessengerEvent, _ context: Context) -> NotificationRequest? {
        switch event {
        case .requestReceived: return .messageRequest
        case .messageReceived(let message, let contact):
            guard !message.isOutgoing, message.author != context.own, !message.isRead,
                message.conversation != context.focused, !context.isMuted(message.conversation),
                contact?.isBlocked != true
            else { return nil }
            let name = contact?.displayName ?? message.author.redacted
            return .message(
                conversation: message.conversation, message: message.id, name: name, text: message.body)
        default: return nil
        }
    }
}
