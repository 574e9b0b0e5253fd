import SessionWire

/// How one request to a swarm has gone so far: whom not to ask again, and when to give up.
struct SwarmCourse: Sendable {
    static let maximumAttempts = 8
    /// Attempts that may end without any answer in time.
    static let maximumTimeouts = 3

    var attempts = 0
    var redirects = 0
    var hasResynced = false
    var clockRefusals = 0
    var lastError = NetworkError.swarmUnreachable
    /// Members that are not asked again.
    var excluded: Set<ServiceNodeID> = []
    /// Paths that have failed for this request.
    var avoidedPaths: Set<UInt64> = []
    /// The member to ask next; stays the same while only paths fail.
    var wishedMember: ServiceNodeID?
    /// A member that did not answer over two paths.
    private(set) var slowMember: ServiceNodeID?
    private var timeouts = 0
    /// Paths that failed with this member at their end: after two, it may be the member.
    private var failuresOfMember: [ServiceNodeID: Int] = [:]

    init(preferred: ServiceNodeID?) { wishedMember = preferred }

    var mayGoOn: Bool {
        attempts < Self.maximumAttempts && timeouts < Self.maximumTimeouts && clockRefusals < 2
    }

    mutating func exclude(_ id: ServiceNodeID) {
        excluded.insert(id)
        if wishedMember == id { wishedMember = nil }
    }

    /// Notes a request without reply; throws when there is no point in going on.
    mutating func failed(_ fault: SendFault, at member: ServiceNodeID) throws(NetworkError) {
        slowMember = nil
        switch fault {
        case .network(let error): throw error
        case .destination(let reason):
            exclude(member)
            lastError = reason == .timedOut ? .timedOut : .swarmUnreachable
        case .path(let path, let reason):
            avoidedPaths.insert(path)
            failuresOfMember[member, default: 0] += 1
            let isSecond = failuresOfMember[member] == 2
            if isSecond { exclude(member) }
            switch reason {
            case .timedOut:
                timeouts += 1
                fallthrough
            case .relay(.timedOut):
                lastError = .timedOut
                if isSecond { slowMember = member }
            case .tooLarge:
                lastError = .badReply("a reply was too large")
                exclude(member)
            case .unbuildable: lastError = .noPath
            default: lastError = .swarmUnreachable
            }
        }
    }
}
