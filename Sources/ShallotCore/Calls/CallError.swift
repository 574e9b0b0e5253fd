import MediaKit

/// Why a call was not placed or answered.
public enum CallError: Error, Equatable, Sendable, CustomStringConvertible {
    case noAccount
    /// Calls are turned off on this device.
    case off
    /// Only people who have accepted each other can call each other.
    case notAccepted
    case blocked
    /// Another call is going on.
    case busy
    /// No call rings here.
    case nothingRings
    /// Calls go through a relay only, and the network definition names none.
    case noRelay
    /// A package that calls need is not installed; its name in Debian, and what of it was looked for.
    case missingPackage(String, element: String)
    /// Sound and picture cannot be started; the sentence says why.
    case media(String)
    case storage(String)

    public var description: String {
        switch self {
        case .noAccount: "There is no account in this profile."
        case .off: "Calls are turned off."
        case .notAccepted: "You can call each other once both of you have accepted the conversation."
        case .blocked: "This contact is blocked. Unblock it to call."
        case .busy: "Finish the call that is going on first."
        case .nothingRings: "Nobody is calling."
        case .noRelay: "Calls go through a relay only, and the network has none."
        case .missingPackage(let package, let element):
            MediaError.missing(element: element, package: package).description
        case .media(let reason), .storage(let reason): reason
        }
    }

    init(_ error: MediaError) {
        self =
            if case .missing(let element, let package) = error {
                .missingPackage(package, element: element)
            } else { .media(error.description) }
    }
}
