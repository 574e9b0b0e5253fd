import BaseKit
import SessionWire

/// Which nodes keep which account's messages, as far as it was asked, and whose turn it is. A value.
/// - Source: network.md §2.3
struct SwarmTable: Equatable, Sendable {
    /// Accounts that are remembered; the longest unused one goes first.
    static let maximumAccounts = 2_000
    /// With fewer members that we know, a swarm is asked for again.
    static let minimumMembers = 3
    private static let maximumMembers = 100

    struct Entry: Equatable, Sendable {
        var members: [ServiceNodeID]
        /// From the node that named the members; `nil` when it did not say.
        var swarmID: UInt64?
        /// Position of the member that was asked last.
        var turn = 0
        var lastUse: UInt64 = 0
    }

    private var entries: [[UInt8]: Entry] = [:]
    private var uses: UInt64 = 0

    init() {}

    subscript(account: [UInt8]) -> Entry? { entries[account] }

    /// Takes a swarm over. `members` should come in random order.
    mutating func set(_ members: [ServiceNodeID], swarmID: UInt64?, of account: [UInt8]) {
        uses += 1
        var entry = Entry(members: Array(members.prefix(Self.maximumMembers)), swarmID: swarmID)
        entry.lastUse = uses
        entries[account] = entry
        guard entries.count > Self.maximumAccounts,
            let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })
        else { return }
        entries[oldest.key] = nil
    }

    /// The node leaves all swarms.
    mutating func remove(_ node: ServiceNodeID) {
        for account in entries.keys { remove(node, from: account) }
    }

    mutating func remove(_ node: ServiceNodeID, from account: [UInt8]) {
        guard entries[account]?.members.contains(node) == true else { return }
        entries[account]?.members.removeAll { $0 == node }
    }

    /// A list that tells swarms makes what was asked before superfluous; any other removes nodes that are gone, and
    /// swarms of which few are left: they are asked for again.
    mutating func poolWasReplaced(by pool: NodePool) {
        guard pool.swarmIDs.isEmpty else {
            entries = [:]
            return
        }
        keepNodes(of: pool)
        entries = entries.filter { $0.value.members.count >= Self.minimumMembers }
    }

    /// Nodes that the pool lacks leave all swarms: one that is named but not known would have its turn for ever.
    mutating func keepNodes(of pool: NodePool) {
        for account in entries.keys {
            entries[account]?.members.removeAll { pool[$0] == nil }
        }
    }

    /// The member to ask: the next in turn among those with the fewest strikes.
    /// - Parameter excluded: members that have failed already for the caller.
    mutating func next(
        of account: [UInt8], excluding excluded: Set<ServiceNodeID>, strikes: [ServiceNodeID: Int]
    ) -> ServiceNodeID? {
        guard let entry = entries[account] else { return nil }
        let count = entry.members.count
        var best: (place: Int, strikes: Int)?
        for step in 1...max(1, count) where count > 0 {
            let place = (entry.turn + step) % count
            let node = entry.members[place]
            guard !excluded.contains(node) else { continue }
            let against = strikes[node] ?? 0
            if best.map({ against < $0.strikes }) ?? true { best = (place, against) }
        }
        guard let best else { return nil }
        uses += 1
        entries[account]?.turn = best.place
        entries[account]?.lastUse = uses
        return entry.members[best.place]
    }

    // MARK: Keeping

    private static let magic: [UInt8] = Array("swrm1".utf8)

    /// Per account: 33 bytes of account, a count, 32 bytes per member.
    func encoded() -> [UInt8] {
        var bytes = Self.magic
        for (account, entry) in entries.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) })
        where account.count == 33 {
            bytes += account
            bytes.append(UInt8(clamping: entry.members.count))
            for member in entry.members.prefix(255) { bytes += member.bytes }
        }
        return bytes
    }

    init?(encoded bytes: [UInt8]) {
        guard bytes.starts(with: Self.magic) else { return nil }
        var rest = bytes.dropFirst(Self.magic.count)
        while !rest.isEmpty {
            guard rest.count >= 34, entries.count < Self.maximumAccounts else { return nil }
            let account = Array(rest.prefix(33))
            let count = Int(rest[rest.startIndex + 33])
            rest = rest.dropFirst(34)
            guard rest.count >= count * 32, count <= Self.maximumMembers else { return nil }
            let members = (0..<count).compactMap { index in
                ServiceNodeID(Array(rest.dropFirst(index * 32).prefix(32)))
            }
            rest = rest.dropFirst(count * 32)
            entries[account] = Entry(members: members)
        }
    }
}
