import SessionWire

/// Why a request through an onion path brought no reply of its destination.
enum ExchangeFault: Error, Equatable, Sendable {
    /// No connection to the entry node.
    case entryUnreachable
    /// The entry node hung up before its answer was whole.
    case entryBroken
    /// An answer in plain text: some relay, or whoever pretends to be one, says what went wrong.
    case relay(OnionFailure)
    /// An answer that the destination's key does not open.
    case unreadable
    /// More bytes than any reply may have.
    case tooLarge
    case timedOut
    /// The request cannot be built for this path.
    case unbuildable
    /// More bytes than a service node takes.
    case requestTooLarge
    case cancelled
}

/// What follows from a fault.
enum PathRemedy: Equatable, Sendable {
    /// One strike against a node.
    case strike(ServiceNodeID)
    /// The node leaves pool, swarms and paths at once.
    case drop(ServiceNodeID)
    /// Another node takes its place in the path.
    case swap(ServiceNodeID)
    /// One failure of the path, and one strike against each node behind the entry node.
    case strikePath
    /// The path is not used for now; its entry node rests.
    case restEntry
    /// Keys may be stale: load the list again.
    case refreshPool
}

struct FaultVerdict: Equatable, Sendable {
    var remedies: [PathRemedy]
    /// The destination is to blame: ask another one rather than taking another path.
    var blamesDestination = false
}

extension ExchangeFault {
    /// The Shallot column of the table of errors.
    ///
    /// An answer in plain text proves nothing about who wrote it. So it can only ever count against nodes of this path
    /// and the destination, and a 406, 421, 425 or 429 that arrives this way means no more than a path that failed.
    /// - Source: network.md §3.7
    func verdict(hops: [ServiceNodeID], destination: ServiceNodeID?) -> FaultVerdict {
        guard let entry = hops.first else { return FaultVerdict(remedies: []) }
        switch self {
        case .entryUnreachable: return FaultVerdict(remedies: [.strike(entry), .restEntry])
        case .entryBroken: return FaultVerdict(remedies: [.strike(entry)])
        case .relay(let failure): return failure.verdict(entry: entry, hops: hops, destination: destination)
        case .unreadable, .tooLarge, .timedOut: return FaultVerdict(remedies: [.strikePath])
        case .unbuildable: return FaultVerdict(remedies: [.strikePath, .refreshPool])
        case .requestTooLarge, .cancelled: return FaultVerdict(remedies: [])
        }
    }
}

extension OnionFailure {
    fileprivate func verdict(
        entry: ServiceNodeID, hops: [ServiceNodeID], destination: ServiceNodeID?
    ) -> FaultVerdict {
        switch self {
        case .nextNodeNotFound(let node):
            if node == destination { return FaultVerdict(remedies: [.drop(node)], blamesDestination: true) }
            guard hops.dropFirst().contains(node) else { return FaultVerdict(remedies: [.strikePath]) }
            return FaultVerdict(remedies: [.drop(node)])
        case .nextNodeUnreachable(let node), .nodeNotReady(.some(let node)):
            if node == destination { return FaultVerdict(remedies: [.strike(node)], blamesDestination: true) }
            if node == entry { return FaultVerdict(remedies: [.strike(node)]) }
            guard hops.contains(node) else { return FaultVerdict(remedies: [.strikePath]) }
            return FaultVerdict(remedies: [.strike(node), .swap(node)])
        case .notReady, .busy: return FaultVerdict(remedies: [.strike(entry)])
        case .timedOut, .invalidResponse, .nodeNotReady(.none): return FaultVerdict(remedies: [.strikePath])
        case .unparsable, .invalidCiphertext, .tooManyHops, .unparsableInside:
            return FaultVerdict(remedies: [.strikePath, .refreshPool])
        case .bodyTooLarge, .badGateway, .other: return FaultVerdict(remedies: [.strikePath])
        }
    }
}
