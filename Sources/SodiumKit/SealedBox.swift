public import BaseKit
import CSodium

/// Anonymous encryption to an X25519 key: a throw-away key, then `crypto_box` under a nonce made of both public keys.
/// - Source: libsodium's `crypto_box_seal`
public enum SealedBox {
    /// Throw-away public key and tag, in bytes.
    public static let overhead = 48
    static let nonceSize = 24

    /// Seals `message`; draws 32 bytes. `nil` if the key has a wrong length or is of small order.
    public static func seal(_ message: [UInt8], to publicKey: [UInt8], random: any RandomSource) -> [UInt8]? {
        var ephemeral = random.bytes(X25519.keySize)
        defer { Sodium.wipe(&ephemeral) }
        return seal(count: message.count, to: publicKey, ephemeralSecret: ephemeral) { body in
            message.withUnsafeBytes { body.copyMemory(from: $0) }
            return true
        }
    }

    /// Seals `count` bytes that `fill` writes where they will be encrypted; saves copying a long message together first.
    /// - Parameter fill: must write every byte; with `false` nothing is sealed.
    public static func seal(
        count: Int, to publicKey: [UInt8], ephemeralSecret: [UInt8],
        filledBy fill: (UnsafeMutableRawBufferPointer) -> Bool
    ) -> [UInt8]? {
        Sodium.prepare()
        guard publicKey.count == X25519.keySize, ephemeralSecret.count == X25519.keySize else { return nil }
        return output(count + overhead) { start in
            guard crypto_scalarmult_base(start, ephemeralSecret) == 0 else { return -1 }
            let body = start + overhead
            guard fill(UnsafeMutableRawBufferPointer(start: body, count: count)) else { return -1 }
            return withNonce(start, publicKey) { nonce in
                crypto_box_easy(start + X25519.keySize, body, UInt64(count), nonce, publicKey, ephemeralSecret)
            }
        }
    }

    /// The throw-away secret that follows from a 32-byte seed, for sealing the same message to the same bytes twice.
    public static func ephemeralSecret(seed: [UInt8]) -> [UInt8]? {
        guard seed.count == X25519.keySize else { return nil }
        return Array(SHA512.hash(seed).prefix(X25519.keySize))
    }

    /// Opens a sealed message; `nil` if it is not for this key pair or was altered.
    public static func open(_ sealed: [UInt8], keys: X25519.KeyPair) -> [UInt8]? {
        Sodium.prepare()
        guard sealed.count >= overhead else { return nil }
        return keys.secret.withPointer { secret in
            output(sealed.count - overhead) {
                crypto_box_seal_open($0, sealed, UInt64(sealed.count), keys.publicKey, secret)
            }
        }
    }

    private static func withNonce(
        _ ephemeral: UnsafePointer<UInt8>, _ publicKey: [UInt8], _ body: (UnsafePointer<UInt8>) -> Int32
    ) -> Int32 {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: nonceSize) { nonce in
            guard let nonce = nonce.baseAddress else { return -1 }
            let status = Blake2b.stream(into: nonce, size: nonceSize) { update in
                update(UnsafeBufferPointer(start: ephemeral, count: X25519.keySize))
                publicKey.withUnsafeBufferPointer { update($0) }
            }
            guard status == 0 else { return status }
            return body(nonce)
        }
    }
}
