/// Why the network did not do what was asked. `description` is safe to log.
public enum NetworkError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The machine has no connection.
    case offline
    /// No list of service nodes is known, and neither a seed nor a static node gave one.
    case noSeedReachable
    /// No onion path could be built.
    case noPath
    /// Nothing came in time.
    case timedOut
    /// No member of the swarm could be reached, or the swarm could not be found.
    case swarmUnreachable
    /// Replies came but could not be believed; the text says what was wrong.
    case badReply(String)
    /// The network refused the request: the storage server's status and its words (shortened).
    case rejected(status: Int, String)
    /// Nodes keep refusing our time stamps even after asking for the time.
    case clockOutOfSync
    /// The calling task was cancelled.
    case cancelled
    /// The request is larger than a service node takes.
    case tooLarge

    /// Whether the same request would fail again.
    public var isPermanent: Bool {
        switch self {
        case .rejected(let status, _): [400, 401, 403, 404, 413].contains(status)
        case .tooLarge: true
        default: false
        }
    }

    public var description: String {
        switch self {
        case .offline: "There is no network connection."
        case .noSeedReachable: "The list of service nodes could not be loaded."
        case .noPath: "No path through the network could be built."
        case .timedOut: "The network did not answer in time."
        case .swarmUnreachable: "The nodes that keep this account's messages cannot be reached."
        case .badReply(let reason): "The network gave an answer that cannot be right: \(reason)."
        case .rejected(let status, _): "The network refused the request (\(status))."
        case .clockOutOfSync: "The network does not accept this computer's time."
        case .cancelled: "The request was cancelled."
        case .tooLarge: "The data is too large for the network."
        }
    }
}
