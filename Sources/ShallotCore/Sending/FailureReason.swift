public import SessionNetwork

/// Why a message was given up. The raw value is what the database keeps.
public enum FailureReason: String, Sendable, CaseIterable, CustomStringConvertible {
    /// There was no way into the network for as long as a message waits.
    case noPath = "no-path"
    /// The recipient's nodes did not answer.
    case recipientUnreachable = "recipient-unreachable"
    /// The recipient's nodes refused the message.
    case refused
    /// The encoded message is larger than the network takes.
    case tooLarge = "too-large"
    /// It could not be encrypted to this recipient.
    case notEncryptable = "not-encryptable"
    /// Nodes refuse this computer's time.
    case clock
    /// The recipient was blocked before the message went out.
    case blocked

    /// Reads what a network error means for the person who waits.
    public init(_ error: NetworkError) {
        self =
            switch error {
            case .offline, .noSeedReachable, .noPath, .cancelled: .noPath
            case .timedOut, .swarmUnreachable, .badReply: .recipientUnreachable
            case .rejected: .refused
            case .clockOutOfSync: .clock
            case .tooLarge: .tooLarge
            }
    }

    public var description: String {
        switch self {
        case .noPath: "no network path"
        case .recipientUnreachable: "the recipient's nodes did not answer"
        case .refused: "the recipient's nodes refused the message"
        case .tooLarge: "the message is too large"
        case .notEncryptable: "no message can be encrypted to this ID"
        case .clock: "the network does not accept this computer's time"
        case .blocked: "blocked contact"
        }
    }
}
