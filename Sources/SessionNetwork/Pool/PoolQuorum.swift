import SessionWire

/// Makes one list out of what several nodes say, and decides whether it may replace the list in use.
/// - Source: network.md §1.4
struct PoolQuorum: Equatable, Sendable {
    /// How many nodes are asked.
    static let asked = 3
    /// How many have to name a node.
    static let needed = 2

    /// The outcome of `judge`.
    enum Verdict: Equatable, Sendable {
        case accepted
        /// Below the minimum of any network.
        case tooSmall
        /// Less than half of the old list: only a second round that says the same is believed.
        case needsSecondRound
    }

    private var heldBack: Set<ServiceNodeID> = []

    init() {}

    /// Nodes that at least `needed` lists name with the same key and address. A swarm is kept where as many agree.
    static func merge(_ lists: [[ServiceNode]], needed: Int = needed) -> [ServiceNode] {
        struct Claim: Hashable { let node: ServiceNode }
        var claims: [Claim: (count: Int, swarms: [UInt64: Int])] = [:]
        for list in lists {
            var seen: Set<ServiceNodeID> = []
            for var node in list.prefix(NodePool.maximumNodes) where seen.insert(node.id).inserted {
                let swarm = node.swarmID
                node.swarmID = nil
                claims[Claim(node: node), default: (0, [:])].count += 1
                if let swarm { claims[Claim(node: node)]?.swarms[swarm, default: 0] += 1 }
            }
        }
        return claims.compactMap { claim, votes in
            guard votes.count >= needed else { return nil }
            var node = claim.node
            node.swarmID = votes.swarms.first { $0.value >= needed }?.key
            return node
        }
    }

    /// Whether `candidate` may replace a list of `oldCount` nodes. Remembers a small one for the next round.
    mutating func judge(_ candidate: [ServiceNode], oldCount: Int, minimum: Int) -> Verdict {
        guard candidate.count >= minimum else { return .tooSmall }
        let ids = Set(candidate.map(\.id))
        guard ids.count * 2 < oldCount else {
            heldBack = []
            return .accepted
        }
        let common = heldBack.intersection(ids).count
        if !heldBack.isEmpty, common * 10 >= heldBack.count * 9, common * 10 >= ids.count * 9 {
            heldBack = []
            return .accepted
        }
        heldBack = ids
        return .needsSecondRound
    }
}
