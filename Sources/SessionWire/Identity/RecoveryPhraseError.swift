/// Why a text is not a recovery phrase.
public enum RecoveryPhraseError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Carries the number of words that were there.
    case tooFewWords(Int)
    case tooManyWords(Int)
    /// Which word is not in the list, counted from 1. The word itself stays out of logs.
    case unknownWord(position: Int)
    /// Three words stand for a number that four bytes cannot hold.
    case overflow
    case checksumMismatch

    public var description: String {
        switch self {
        case .tooFewWords(let count): "The recovery phrase has \(count) words instead of 13."
        case .tooManyWords(let count): "The recovery phrase has \(count) words instead of 13."
        case .unknownWord(let position): "Word \(position) of the recovery phrase is not in the list."
        case .overflow: "The words of the recovery phrase do not go together."
        case .checksumMismatch: "The last word of the recovery phrase does not fit the others."
        }
    }
}
