/// One thing that a node saw: everything it could have told somebody else.
public struct Observation: Codable, Sendable, Equatable {
    public enum Role: String, Codable, Sendable { case entry, relay, destination, exit, direct, member }

    public let role: Role
    /// The address the request came from.
    public let peer: String
    /// The node (Ed25519, hexadecimal) to which the request was passed on.
    public var nextHop: String?
    /// The server to which the request was passed on.
    public var server: String?
    /// What was asked, where the node could read it.
    public var method: String?
    /// The account (hexadecimal) it was about, where the node could read it.
    public var account: String?
}

/// The latest observations of a node, and how often each method was asked.
struct Sightings: Sendable {
    /// Older observations are forgotten; the counts stay.
    static let limit = 2_000

    private(set) var observations: [Observation] = []
    private(set) var counts: [String: Int] = [:]

    mutating func note(_ observation: Observation) {
        observations.append(observation)
        if observations.count > 2 * Self.limit { observations.removeFirst(Self.limit) }
        counts["role:\(observation.role.rawValue)", default: 0] += 1
        if let method = observation.method { counts[method, default: 0] += 1 }
    }

    var latest: [Observation] { Array(observations.suffix(Self.limit)) }

    mutating func clear() { self = Sightings() }
}
