import BaseKit

/// Damaged forms of a message, and noise: what every parser has to survive.
enum BadInput {
    /// Each prefix, each byte with a flipped bit, trailing bytes, and random bytes of several lengths. The random
    /// numbers follow from a fixed seed, so that a failure can be repeated.
    static func variants(of message: [UInt8], step: Int = 1) -> [[UInt8]] {
        var variants: [[UInt8]] = [[], message + [0], message + message]
        for index in stride(from: 0, to: message.count, by: step) {
            variants.append(Array(message[..<index]))
            for bit in [0, 3, 7] {
                var damaged = message
                damaged[index] ^= 1 << bit
                variants.append(damaged)
            }
        }
        var noise = Noise()
        for length in [1, 2, 4, 7, 16, 51, 100, 1_000, 10_000] {
            for _ in 0..<8 { variants.append(noise.bytes(length)) }
        }
        return variants
    }
}

/// Repeatable pseudo-random bytes (SplitMix64).
struct Noise {
    private var state: UInt64 = 0x5348_414c_4c4f_5421

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
            return UInt8(truncatingIfNeeded: mixed ^ mixed >> 31)
        }
    }
}
