/// Why bytes are no config that we take, or why a change is not made.
public enum ConfigError: Error, Hashable, Sendable, CustomStringConvertible {
    case malformed
    /// Made by a later version in a way that this one must not touch.
    case newerFormat
    case badSignature
    case undecryptable
    case tooLong(Int)
    /// The signing key of a group is missing.
    case readOnly
    case nameTooLong
    case badID
    case badPicture
    case badCommunity

    public var description: String {
        switch self {
        case .malformed: "The config message is damaged."
        case .newerFormat: "The config message was written by a later version."
        case .badSignature: "The config message is not signed by its group."
        case .undecryptable: "The config message cannot be decrypted with the keys at hand."
        case .tooLong(let count): "The config would become too long (\(count) bytes)."
        case .readOnly: "Only an admin of the group can change this."
        case .nameTooLong: "The name is longer than 100 bytes."
        case .badID: "This is not an ID of the right kind."
        case .badPicture: "The address or the key of the picture has a wrong length."
        case .badCommunity: "The address of the community cannot be read."
        }
    }
}
