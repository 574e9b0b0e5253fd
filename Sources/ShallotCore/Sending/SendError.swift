/// Why a message was not taken for sending. Once it is taken, trouble shows as the message's delivery state.
public enum SendError: Error, Equatable, Sendable, CustomStringConvertible {
    case noAccount
    case empty
    /// In code points.
    case tooLong(limit: Int)
    /// The contact is blocked; unblock first.
    case blocked
    /// No message can be encrypted to this ID, or this kind of conversation cannot be written to yet.
    case invalidRecipient
    /// The message does not exist or is not in a state that allows this.
    case notPossible
    /// The database did not take the message; nothing was sent.
    case storage(String)

    public var description: String {
        switch self {
        case .noAccount: "There is no account in this profile."
        case .empty: "An empty message cannot be sent."
        case .tooLong(let limit): "A message can have up to \(limit) characters."
        case .blocked: "This contact is blocked. Unblock it to send messages."
        case .invalidRecipient: "No message can be sent to this ID."
        case .notPossible: "This message cannot be sent again."
        case .storage(let reason): reason
        }
    }
}
