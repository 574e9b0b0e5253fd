/// Where accounts are on the ring of swarms.
/// - Source: network.md §2.1
enum SwarmSpace {
    static func position(ofKey key: [UInt8]) -> UInt64 {
        var position: UInt64 = 0
        for (index, byte) in key.enumerated() { position ^= UInt64(byte) << (56 - 8 * (index % 8)) }
        return position
    }

    static func pick(position: UInt64, among ids: [UInt64]) -> UInt64? {
        guard let first = ids.first, let last = ids.last else { return nil }
        let right = ids.first { $0 >= position } ?? first
        let left = ids.last { $0 < position } ?? last
        return right &- position < position &- left ? right : left
    }
}
