import CSodium

/// What concerns libsodium as a whole.
public enum Sodium {
    private static let isReady = sodium_init() >= 0

    /// Lets libsodium choose its fast implementations. Every entry point of this module calls it; it acts once.
    static func prepare() { precondition(isReady, "libsodium could not be initialised") }

    /// Compares without telling by its duration where the two differ. Different lengths are told at once.
    public static func constantTimeEqual(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        first.count == second.count && sodium_memcmp(first, second, first.count) == 0
    }

    /// Overwrites `bytes` with zeros in a way that the compiler keeps.
    public static func wipe(_ bytes: inout [UInt8]) {
        bytes.withUnsafeMutableBytes { memory in
            guard let start = memory.baseAddress else { return }
            sodium_memzero(start, memory.count)
        }
    }
}
