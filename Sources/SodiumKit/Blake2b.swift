import CSodium

/// The BLAKE2b hash.
/// - Source: RFC 7693; salt and personalisation as in libsodium
public enum Blake2b {
    /// Sizes of hash, key, and of salt and personalisation, in bytes.
    public static let sizes = 16...64
    public static let keySizes = 0...64
    public static let parameterSize = 16

    /// Hashes `message`, keyed when `key` is not empty. `nil` when a size is not allowed.
    /// - Parameters:
    ///   - size: bytes of the result, 16 to 64.
    ///   - salt: 16 bytes.
    ///   - personal: 16 bytes that set uses of the hash apart.
    public static func hash(
        _ message: [UInt8], key: [UInt8] = [], size: Int = 32, salt: [UInt8]? = nil, personal: [UInt8]? = nil
    ) -> [UInt8]? {
        Sodium.prepare()
        guard sizes.contains(size), keySizes.contains(key.count) else { return nil }
        if salt == nil, personal == nil {
            return output(size) { crypto_generichash_blake2b($0, size, message, UInt64(message.count), key, key.count) }
        }
        let none = [UInt8](repeating: 0, count: parameterSize)
        guard (salt ?? none).count == parameterSize, (personal ?? none).count == parameterSize else { return nil }
        return output(size) {
            crypto_generichash_blake2b_salt_personal(
                $0, size, message, UInt64(message.count), key, key.count, salt ?? none, personal ?? none)
        }
    }

    /// Hashes several pieces as if they were one, without joining them. Sizes as in `hash`.
    public static func hash(parts: [[UInt8]], key: [UInt8] = [], size: Int = 32) -> [UInt8]? {
        Sodium.prepare()
        guard sizes.contains(size), keySizes.contains(key.count) else { return nil }
        return output(size) { hash in
            stream(into: hash, size: size, key: key) { update in
                for part in parts { part.withUnsafeBufferPointer { update($0) } }
            }
        }
    }

    /// Hashes what `body` hands over piece by piece; sizes must be right. libsodium's state is opaque and wants 64-byte steps.
    static func stream(
        into hash: UnsafeMutablePointer<UInt8>, size: Int, key: [UInt8] = [],
        _ body: ((UnsafeBufferPointer<UInt8>) -> Void) -> Void
    ) -> Int32 {
        withUnsafeTemporaryAllocation(byteCount: crypto_generichash_blake2b_statebytes(), alignment: 64) { memory in
            guard let start = memory.baseAddress else { return -1 }
            let state = OpaquePointer(start)
            guard crypto_generichash_blake2b_init(state, key, key.count, size) == 0 else { return -1 }
            body { piece in
                guard let start = piece.baseAddress else { return }
                crypto_generichash_blake2b_update(state, start, UInt64(piece.count))
            }
            return crypto_generichash_blake2b_final(state, hash, size)
        }
    }
}
