public import BaseKit
import CSodium

/// The system's random generator.
public struct SystemRandom: RandomSource {
    public init() {}

    public func bytes(_ count: Int) -> [UInt8] {
        Sodium.prepare()
        return output(count) { start in
            randombytes_buf(start, count)
            return 0
        } ?? []
    }
}
