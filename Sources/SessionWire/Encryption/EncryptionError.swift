/// Why a message could not be encrypted or decrypted. It never says more than the sender of a forged one may know.
public enum EncryptionError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The recipient's id is no key that can be encrypted to.
    case unusableRecipient
    case tooShort
    case tooLong
    /// A version or form that is not known here.
    case unknownForm
    /// Encrypted for somebody else, or altered.
    case undecryptable
    /// Decrypted, but not signed by the one who claims to have sent it, or signed for somebody else.
    case badSignature
    /// Signed with a key that belongs to no account.
    case badSender

    public var description: String {
        switch self {
        case .unusableRecipient: "The recipient's key cannot be used."
        case .tooShort: "The encrypted message is too short."
        case .tooLong: "The message is too long."
        case .unknownForm: "The encrypted message has an unknown form."
        case .undecryptable: "The message does not open with our key."
        case .badSignature: "The message's signature is not valid."
        case .badSender: "The sender's key belongs to no account."
        }
    }
}
