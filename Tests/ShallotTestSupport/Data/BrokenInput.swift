/// Input as an attacker or a bad line would make it from good input. The same each time.
public enum BrokenInput {
    /// Every shorter form of `bytes`; of long ones a selection that holds all short prefixes.
    public static func truncations(of bytes: [UInt8]) -> [[UInt8]] {
        let step = max(1, bytes.count / 200)
        return (Array(0..<min(64, bytes.count)) + Array(stride(from: 64, to: bytes.count, by: step)))
            .map { Array(bytes.prefix($0)) }
    }

    /// `bytes` with one bit turned over, at many places.
    public static func bitFlips(of bytes: [UInt8], limit: Int = 400) -> [[UInt8]] {
        guard !bytes.isEmpty else { return [] }
        var random = SeededRandom(seed: UInt64(bytes.count))
        return (0..<min(limit, bytes.count * 8)).map { _ in
            var altered = bytes
            altered[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            return altered
        }
    }

    /// Noise of many lengths.
    public static func noise(seed: UInt64, count: Int = 200, longest: Int = 600) -> [[UInt8]] {
        var random = SeededRandom(seed: seed)
        return (0..<count).map { _ in random.bytes(Int.random(in: 0...longest, using: &random)) }
    }
}
