/// What can go wrong while building, peeling or opening onion layers.
public enum OnionError: Error, Equatable, Sendable, CustomStringConvertible {
    case emptyPath
    case pathTooLong(Int)
    /// More bytes than a service node takes.
    case tooLarge(Int)
    /// A key of the wrong length or of small order.
    case unusableKey
    /// The length in front of the blob does not fit.
    case malformedEnvelope
    /// The JSON behind the blob is not what it has to be; says which part.
    case malformedControl(String)
    case unknownCipher
    /// Wrong key, or altered on the way.
    case undecryptable
    /// A reply that was decrypted is not in its format; says which part.
    case malformedReply(String)

    public var description: String {
        switch self {
        case .emptyPath: "An onion path needs at least one node."
        case .pathTooLong(let count): "An onion path of \(count) nodes is too long."
        case .tooLarge(let count): "The onion request is too large (\(count) bytes)."
        case .unusableKey: "A key on the onion path cannot be used."
        case .malformedEnvelope: "The length inside an onion layer does not fit."
        case .malformedControl(let part): "The control data of an onion layer is malformed: \(part)."
        case .unknownCipher: "An onion layer names an unknown cipher."
        case .undecryptable: "An onion layer could not be decrypted."
        case .malformedReply(let part): "The reply to an onion request is malformed: \(part)."
        }
    }
}
