/// Why a network definition was refused. `description` names the member, never a credential.
public enum NetworkDefinitionError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file is not there or may not be read.
    case unreadable(path: String)
    /// More than `NetworkDefinition.maximumSize` bytes.
    case tooLarge
    /// Not a JSON object in UTF-8.
    case notJSON
    /// A member is absent.
    case missing(member: String)
    /// A member has the wrong type.
    case wrongType(member: String)
    /// Written by a newer version.
    case unknownFormat(Int)
    /// A member has a value that cannot be used.
    case invalid(member: String, reason: String)
    /// Neither a seed nor a static node.
    case nothingToStartFrom

    public var description: String {
        switch self {
        case .unreadable(let path): "The network definition \(path) cannot be read."
        case .tooLarge: "The network definition is larger than 1 MiB."
        case .notJSON: "The network definition is not a JSON object."
        case .missing(let member): "The network definition lacks “\(member)”."
        case .wrongType(let member): "“\(member)” in the network definition has the wrong type."
        case .unknownFormat(let format): "The network definition has the unknown format \(format)."
        case .invalid(let member, let reason): "“\(member)” in the network definition is not valid: \(reason)."
        case .nothingToStartFrom: "The network definition names neither a seed nor a service node."
        }
    }
}
