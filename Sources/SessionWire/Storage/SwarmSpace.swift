/// Which swarm keeps an account: the one whose id lies nearest on a ring of 64-bit numbers.
/// - Source: network.md §2.1
public enum SwarmSpace {
    /// Marks nodes that belong to no swarm.
    public static let none = UInt64.max

    /// Where an account lies.
    /// - Parameter key: 32 bytes of key, or 33 with the type byte in front; other counts are read as far as they go.
    public static func position(ofKey key: [UInt8]) -> UInt64 {
        let key = key.count == 33 ? key.dropFirst() : key[...]
        var position: UInt64 = 0
        for (index, byte) in key.enumerated() { position ^= UInt64(byte) << (56 - 8 * (index % 8)) }
        return position
    }

    /// The nearest swarm; of two equally near ones the lower. `nil` if there is none.
    /// - Parameter ids: in ascending order, without ``none``.
    public static func pick(position: UInt64, among ids: [UInt64]) -> UInt64? {
        guard let first = ids.first, let last = ids.last else { return nil }
        var low = 0
        var high = ids.count
        while low < high {
            let middle = (low + high) / 2
            if ids[middle] < position { low = middle + 1 } else { high = middle }
        }
        let right = low < ids.count ? ids[low] : first
        let left = low > 0 ? ids[low - 1] : last
        return right &- position < position &- left ? right : left
    }

    /// A swarm's id as `get_swarm` writes it: hexadecimal without padding.
    public static func text(_ id: UInt64) -> String { String(id, radix: 16) }
}
