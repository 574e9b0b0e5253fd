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
    case invalid(member: String, reason: Reason)
    /// Neither a seed nor a static node.
    case nothingToStartFrom

    /// Why a value cannot be used.
    public enum Reason: Equatable, Sendable {
        case nameLength(ClosedRange<Int>)
        /// A list with more entries than that.
        case tooMany(Int)
        /// A number that is not one of these.
        case outside(ClosedRange<Int>)
        /// A number that no program can hold.
        case hugeNumber
        case noServerAddress, noWebAddress, noIPv4Address, noRelayAddress, noAddresses
        /// Plain http to another machine.
        case plainHTTP
        /// Neither a key nor a digest of 32 bytes.
        case noKey
    }

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

extension NetworkDefinitionError.Reason: CustomStringConvertible {
    /// For logs and command lines.
    public var description: String {
        switch self {
        case .nameLength(let range): "\(range.lowerBound) to \(range.upperBound) characters"
        case .tooMany(let limit): "more than \(limit) entries"
        case .outside(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .hugeNumber: "out of range"
        case .noServerAddress: "expected https://host:port"
        case .noWebAddress: "expected an http or https address"
        case .noIPv4Address: "expected an IPv4 address"
        case .noRelayAddress: "expected stun: or turn: addresses"
        case .noAddresses: "expected at least one address"
        case .plainHTTP: "plain http is for loopback addresses only"
        case .noKey: "expected 64 hexadecimal characters"
        }
    }
}
