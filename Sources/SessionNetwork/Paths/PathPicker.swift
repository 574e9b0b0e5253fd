import BaseKit
import SessionWire

/// Chooses nodes for onion paths. Pure, given its random source.
/// - Source: network.md §3.1
struct PathPicker: Sendable {
    let separatesSubnets: Bool
    let random: any RandomSource

    /// Chooses up to `count` distinct nodes, no two in one /24, none of `excluded`, none in a /24 of `subnets`.
    /// Networks, not nodes, have equal chances: many machines in one place are worth no more than one.
    func pick(
        _ count: Int, from nodes: some Sequence<ServiceNode>, excluding excluded: Set<ServiceNodeID>,
        subnets: Set<UInt32> = []
    ) -> [ServiceNode] {
        var generator = SourceGenerator(random)
        let candidates = nodes.filter { !excluded.contains($0.id) }.sorted { $0.id < $1.id }
        guard separatesSubnets else { return Array(candidates.shuffled(using: &generator).prefix(count)) }
        let bySubnet = Dictionary(grouping: candidates) { $0.address.subnet24 }
        let free = bySubnet.keys.filter { !subnets.contains($0) }.sorted().shuffled(using: &generator)
        return free.prefix(count).compactMap { bySubnet[$0]?.randomElement(using: &generator) }
    }

    /// The hops behind `entry`. The destination, its /24 and the other paths' nodes are kept out while there is choice.
    /// `nil` when the pool is too small even without these wishes.
    func hops(
        behind entry: ServiceNode, count: Int, from pool: NodePool, otherPaths: [[ServiceNode]],
        destination: ServiceNode? = nil, excluding: Set<ServiceNodeID> = []
    ) -> [ServiceNode]? {
        let others = otherPaths.joined()
        var must = excluding.union([entry.id])
        if let destination { must.insert(destination.id) }
        let healthy = pool.nodes.values.filter { pool.strikes[$0.id] == nil }
        let mustSubnets: Set = [entry.address.subnet24]
        let wishedSubnets = mustSubnets.union(others.map(\.address.subnet24))
            .union(destination.map { [$0.address.subnet24] } ?? [])
        let wished = must.union(others.map(\.id))
        let all = Array(pool.nodes.values)
        let tries: [([ServiceNode], Set<ServiceNodeID>, Set<UInt32>)] = [
            (healthy, wished, wishedSubnets), (all, wished, wishedSubnets), (all, must, mustSubnets),
        ]
        for (nodes, excluded, subnets) in tries {
            let chosen = pick(count, from: nodes, excluding: excluded, subnets: subnets)
            if chosen.count == count { return chosen }
        }
        return nil
    }

    /// Whether the hops share no node with the others and, where it matters, no /24.
    func areApart(_ hops: some Sequence<ServiceNode>, from others: [ServiceNode]) -> Bool {
        let ids = Set(others.map(\.id))
        let subnets = separatesSubnets ? Set(others.map(\.address.subnet24)) : []
        return hops.allSatisfy { !ids.contains($0.id) && !subnets.contains($0.address.subnet24) }
    }
}

/// Swift's generator interface over a source of random bytes.
struct SourceGenerator: RandomNumberGenerator {
    private let source: any RandomSource
    init(_ source: any RandomSource) { self.source = source }

    mutating func next() -> UInt64 { source.bytes(8).reduce(0) { $0 << 8 | UInt64($1) } }
}
