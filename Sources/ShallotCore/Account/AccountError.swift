public import SessionWire

/// Why an account was not made, restored or changed.
public enum AccountError: Error, Equatable, Sendable, CustomStringConvertible {
    case nameMissing
    case nameTooLong(excessBytes: Int)
    case phrase(RecoveryPhraseError)
    /// This profile already belongs to an account. Clearing the data of this device makes room for another one.
    case alreadyExists
    /// There is no account in this profile yet.
    case none
    /// The database did not take or give what was asked; the sentence says why.
    case storage(String)

    public var description: String {
        switch self {
        case .nameMissing: "A name is needed."
        case .nameTooLong(let bytes): "The name is too long by \(bytes) \(bytes == 1 ? "byte" : "bytes")."
        case .phrase(let error): Self.sentence(error)
        case .alreadyExists:
            "This profile already has an account. Clear its data or use another data directory to restore a different one."
        case .none: "There is no account in this profile."
        case .storage(let reason): reason
        }
    }

    private static func sentence(_ error: RecoveryPhraseError) -> String {
        switch error {
        case .tooFewWords(let count): "A recovery phrase has 13 words; \(count) were given."
        case .tooManyWords(let count): "A recovery phrase has 13 words; \(count) were given."
        case .unknownWord(let position): "Word \(position) is not in the list of recovery words."
        case .overflow: "These words do not form a recovery phrase."
        case .checksumMismatch: "The check word does not match: a word is wrong or in the wrong place."
        }
    }
}
