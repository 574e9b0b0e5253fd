import BaseKit
import SodiumKit

extension AccountID {
    /// Reads what a person typed or pasted: white space anywhere is ignored, case does not matter.
    /// - Throws: the first thing that is wrong, so that it can be said in words.
    /// - Source: identity-and-messages.md §1.3
    public static func parse(userInput: String) throws(AccountIDError) -> AccountID {
        let text = userInput.unicodeScalars.prefix(inputLimit).filter { !$0.properties.isWhitespace }
        guard !text.isEmpty else { throw .empty }
        guard text.allSatisfy({ $0.properties.isASCIIHexDigit }) else { throw .notHexadecimal }
        guard text.count == textLength else { throw .wrongLength(text.count) }
        let digits = String(String.UnicodeScalarView(text)).lowercased()
        switch digits.prefix(2) {
        case "05": break
        case "03": throw .groupID
        case "15", "25": throw .blindedID
        default: throw .wrongPrefix(String(digits.prefix(2)))
        }
        guard let id = AccountID(digits), X25519.isUsable(publicKey: id.publicKey) else { throw .notAKey }
        return id
    }

    /// More than any id with its spaces needs; the rest of a pasted book is not looked at.
    private static let inputLimit = 1_000
}

/// Why a text is not an Account ID.
public enum AccountIDError: Error, Equatable, Sendable, CustomStringConvertible {
    case empty
    /// Carries the number of characters that were there.
    case wrongLength(Int)
    case notHexadecimal
    /// Carries the first two characters.
    case wrongPrefix(String)
    case groupID
    case blindedID
    /// The form is right, but nobody can own such a key.
    case notAKey

    public var description: String {
        switch self {
        case .empty: "The Account ID is empty."
        case .wrongLength(let count): "The Account ID has \(count) characters instead of 66."
        case .notHexadecimal: "The Account ID contains other characters than 0–9 and a–f."
        case .wrongPrefix: "The Account ID does not start with 05."
        case .groupID: "The ID belongs to a group."
        case .blindedID: "The ID is a blinded one of a community."
        case .notAKey: "The Account ID is not a usable key."
        }
    }
}
