/// Why a session description is not taken.
/// - Source: calls.md §7.2
public enum DescriptionError: Error, Hashable, Sendable, CustomStringConvertible {
    case tooLong(Int)
    case tooManyLines
    case tooManyMediaLines(Int)
    /// The text is no session description; the number is that of the line, from 1.
    case malformed(line: Int)
    case noMedia
    /// Media that would travel without DTLS.
    case unprotectedMedia(String)
    case noFingerprint
    case weakFingerprint(String)
    case noICECredentials
    /// The description of a running call names another certificate than the call began with.
    case fingerprintChanged

    public var description: String {
        switch self {
        case .tooLong(let count): "The description of the call is too long (\(count) bytes)."
        case .tooManyLines: "The description of the call has too many lines."
        case .tooManyMediaLines(let count): "The description of the call has too many media lines (\(count))."
        case .malformed(let line): "The description of the call cannot be read (line \(line))."
        case .noMedia: "The description of the call offers neither sound nor picture."
        case .unprotectedMedia: "The other side wants to call without encryption, which Shallot refuses."
        case .noFingerprint: "The description of the call names no certificate."
        case .weakFingerprint: "The description of the call names its certificate by a hash that is too weak."
        case .noICECredentials: "The description of the call lacks the names for connecting."
        case .fingerprintChanged: "The other side changed its certificate within the call."
        }
    }
}
