import SessionWire

/// Which swarms exist and who is in them.
struct SwarmLayout: Sendable {
    /// Ascending; never `UInt64.max`, which means "in no swarm".
    let ids: [UInt64]
    /// Accounts that were moved by hand, away from the swarm that their key names.
    private var moved: [Owner: UInt64] = [:]

    /// Spaces `count` swarms evenly over the ring.
    /// - Source: network.md §9.1
    init(count: Int) {
        let step = count > 1 ? UInt64.max / UInt64(count) : UInt64.max
        let offset = UInt64(0x0123_4567_89ab_cdef) % step
        ids = (0..<UInt64(max(1, count))).map { $0 * step + offset }.sorted()
    }

    func swarm(of owner: Owner) -> UInt64? {
        moved[owner] ?? SwarmSpace.pick(position: SwarmSpace.position(ofKey: owner.bytes), among: ids)
    }

    /// Moves an account to the swarm with this number (position in `ids`); `nil` undoes it.
    mutating func move(_ owner: Owner, to index: Int?) {
        moved[owner] = index.map { ids[$0 % ids.count] }
    }
}
