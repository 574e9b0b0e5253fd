/// Why a direct message cannot be made or read.
public enum DirectMessageError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Where reading failed.
    public enum Stage: Equatable, Sendable {
        case envelope(EnvelopeError)
        case content
    }

    /// A later version of the protocol; worth telling the user once.
    case protocolV2
    case malformed(Stage)
    /// Not for us, or altered.
    case undecryptable
    /// For us, but not signed by the one who claims to have sent it.
    case badSignature
    /// The envelope claims another time than the sender signed.
    case timestampMismatch
    case tooLong(Int)
    /// A content to be sent has no time.
    case noTimestamp
    case unusableRecipient

    /// Whether trying again is useless. It always is: the same bytes give the same answer.
    public var isPermanent: Bool { true }

    public var description: String {
        switch self {
        case .protocolV2: "The message has a newer format."
        case .malformed(.envelope(let error)): error.description
        case .malformed(.content): "The content of the message cannot be read."
        case .undecryptable: "The message does not open with our key."
        case .badSignature: "The message's signature is not valid."
        case .timestampMismatch: "The message's times contradict each other."
        case .tooLong(let count): "The message is too long (\(count) bytes)."
        case .noTimestamp: "The message has no time."
        case .unusableRecipient: "The recipient's key cannot be used."
        }
    }
}
