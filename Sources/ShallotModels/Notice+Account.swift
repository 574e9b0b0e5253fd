import Foundation
public import SessionWire
public import ShallotCore

extension Notice {
    public nonisolated init(_ error: AccountError) {
        self =
            switch error {
            case .nameMissing: Notice(text: tr("Enter a name"))
            case .nameTooLong(let bytes):
                Notice(text: trn("This name is too long by {n} byte", "This name is too long by {n} bytes", bytes))
            case .phrase(let error): Notice(error)
            case .alreadyExists:
                Notice(
                    text: tr("This device already has an account. Clear its data to use another one."),
                    remedy: .clearData)
            case .none: Notice(text: tr("There is no account on this device."))
            case .storage: .notSaved
            }
    }

    /// The kinds that other Session apps tell apart: too short, an unknown word, anything else.
    /// - Source: identity-and-messages.md §1.4
    public nonisolated init(_ error: RecoveryPhraseError) {
        self =
            switch error {
            case .tooFewWords(12): Notice(text: tr("One word is missing."))
            case .tooFewWords(let count):
                Notice(
                    text: trn(
                        "Too few words: {n} of 13.", "Too few words: {n} of 13.", count))
            case .tooManyWords(let count):
                Notice(
                    text: trn(
                        "This is {n} word. A recovery phrase has 13.", "These are {n} words. A recovery phrase has 13.",
                        count))
            case .unknownWord(let position):
                Notice(text: tr("Word {n} is not a word of a recovery phrase.", ["n": position.formatted()]))
            case .overflow: Notice(text: tr("These words do not make a recovery phrase. Check each one."))
            case .checksumMismatch:
                Notice(text: tr("The check word does not match. A word is wrong or in the wrong place."))
            }
    }

    public nonisolated init(_ error: AccountIDError) {
        self =
            switch error {
            case .empty: Notice(text: tr("Enter an Account ID"))
            case .wrongLength(let count):
                Notice(
                    text: trn(
                        "An Account ID has 66 characters; this is {n}.",
                        "An Account ID has 66 characters; these are {n}.", count))
            case .notHexadecimal: Notice(text: tr("An Account ID has only the digits 0 to 9 and the letters a to f."))
            case .wrongPrefix: Notice(text: tr("An Account ID starts with 05."))
            case .groupID: Notice(text: tr("This is a group ID; groups are joined by invitation."))
            case .blindedID: Notice(text: tr("This ID only works inside its community."))
            case .notAKey: Notice(text: tr("Nobody can have this Account ID. Copy it again."))
            }
    }

    nonisolated static var notSaved: Notice {
        Notice(text: tr("This could not be saved on this device."), remedy: .retry)
    }
}
