import CSodium

/// Key material that is kept out of swap and core dumps, cannot be written after it was made, and is wiped when the last
/// reference goes away.
public final class SecretBytes: Sendable {
    // Safe to share: the memory is read-only from the end of `init` until `deinit`.
    nonisolated(unsafe) private let start: UnsafeMutableRawPointer
    public let count: Int

    /// Makes room for `count` bytes and lets `fill` write them.
    public init(count: Int, filledBy fill: (UnsafeMutableRawBufferPointer) throws -> Void) rethrows {
        Sodium.prepare()
        guard let start = sodium_malloc(count) else { preconditionFailure("out of memory for a secret") }
        self.start = start
        self.count = count
        try fill(UnsafeMutableRawBufferPointer(start: start, count: count))
        sodium_mprotect_readonly(start)
    }

    /// Takes over `bytes`. The array is wiped if nobody else holds it.
    public convenience init(_ bytes: consuming [UInt8]) {
        self.init(count: bytes.count) { memory in bytes.withUnsafeBytes { memory.copyMemory(from: $0) } }
        Sodium.wipe(&bytes)
    }

    deinit { sodium_free(start) }

    /// Fresh random bytes of the system.
    public static func random(_ count: Int) -> SecretBytes {
        SecretBytes(count: count) { memory in
            guard let start = memory.baseAddress else { return }
            randombytes_buf(start, memory.count)
        }
    }

    /// Lends the bytes. The pointer must not leave `body`.
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(self) { try body(UnsafeRawBufferPointer(start: start, count: count)) }
    }

    /// A plain copy, for an interface that needs an array. It is the caller's duty to forget it soon.
    public func copyBytes() -> [UInt8] { withBytes { [UInt8]($0) } }

    /// The start of the bytes as C functions want it.
    func withPointer<Result>(_ body: (UnsafePointer<UInt8>) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(self) { try body(start.assumingMemoryBound(to: UInt8.self)) }
    }

    /// A secret that a C function writes, returning 0 when all went well; `nil` otherwise.
    static func written(_ count: Int, by write: (UnsafeMutablePointer<UInt8>) -> Int32) -> SecretBytes? {
        var isDone = false
        let secret = SecretBytes(count: count) { memory in
            guard let start = memory.baseAddress else { return }
            isDone = write(start.assumingMemoryBound(to: UInt8.self)) == 0
        }
        return isDone ? secret : nil
    }
}

extension SecretBytes: Equatable {
    /// Compares without telling by its duration where the two differ.
    public static func == (first: SecretBytes, second: SecretBytes) -> Bool {
        guard first.count == second.count else { return false }
        return first.withPointer { first in
            second.withPointer { sodium_memcmp(first, $0, second.count) == 0 }
        }
    }
}

extension SecretBytes: CustomStringConvertible, CustomReflectable {
    /// Never the content.
    public var description: String { "\(count) secret bytes" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
