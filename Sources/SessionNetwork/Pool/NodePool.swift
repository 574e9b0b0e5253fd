import SessionWire

/// The service nodes that we know, with what speaks against them. A value: it decides, others fetch and save.
/// - Source: network.md §1.4, §1.5
struct NodePool: Equatable, Sendable {
    /// More nodes than the network ever had by far; lists are cut here.
    static let maximumNodes = 20_000

    private(set) var nodes: [ServiceNodeID: ServiceNode] = [:]
    /// Only nodes that have any.
    private(set) var strikes: [ServiceNodeID: Int] = [:]
    /// When the list was made, in the network's milliseconds; 0 for never.
    private(set) var updatedAt: UInt64 = 0
    /// Ascending. Empty when whoever gave the list did not say who belongs to which swarm.
    private(set) var swarmIDs: [UInt64] = []
    private var members: [UInt64: [ServiceNodeID]] = [:]

    init() {}

    init(nodes: some Sequence<ServiceNode>, strikes: [ServiceNodeID: Int] = [:], updatedAt: UInt64) {
        for node in nodes.prefix(Self.maximumNodes) where !node.address.isPlaceholder && node.port != 0 {
            self.nodes[node.id] = node
        }
        self.strikes = strikes.filter { $0.value > 0 && self.nodes[$0.key] != nil }
        self.updatedAt = updatedAt
        mapSwarms()
    }

    var count: Int { nodes.count }
    var isEmpty: Bool { nodes.isEmpty }

    subscript(id: ServiceNodeID) -> ServiceNode? { nodes[id] }

    /// Counts against a node. `true` when that was once too often and the node left the pool.
    mutating func strike(_ id: ServiceNodeID, limit: Int) -> Bool {
        guard nodes[id] != nil else { return false }
        let count = strikes[id, default: 0] + 1
        guard count < limit else {
            remove(id)
            return true
        }
        strikes[id] = count
        return false
    }

    /// A success halves what speaks against a node, so that rare failures do not add up over days.
    /// - Source: network.md §3.7
    mutating func forgive(_ id: ServiceNodeID) {
        guard let count = strikes[id] else { return }
        strikes[id] = count > 1 ? count / 2 : nil
    }

    mutating func remove(_ id: ServiceNodeID) {
        strikes[id] = nil
        guard let node = nodes.removeValue(forKey: id), let swarm = node.swarmID else { return }
        members[swarm]?.removeAll { $0 == id }
    }

    /// The swarm of an account, found without asking; `nil` when the list does not tell.
    /// - Parameter key: the 32 key bytes of the account.
    func swarm(ofKey key: [UInt8]) -> (id: UInt64, members: [ServiceNodeID])? {
        guard let id = SwarmSpace.pick(position: SwarmSpace.position(ofKey: key), among: swarmIDs),
            let members = members[id], !members.isEmpty
        else { return nil }
        return (id, members)
    }

    private mutating func mapSwarms() {
        for (id, node) in nodes {
            guard let swarm = node.swarmID, swarm != .max else { continue }
            members[swarm, default: []].append(id)
        }
        for swarm in members.keys { members[swarm]?.sort() }
        swarmIDs = members.keys.sorted()
    }
}
