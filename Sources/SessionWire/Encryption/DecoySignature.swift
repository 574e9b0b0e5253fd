import BaseKit
import SodiumKit

/// The signature that an envelope carries when its sender has none to give: made with a key that is thrown away.
/// - Source: identity-and-messages.md §3.4; libsession-util 1.6.3, by its test vectors
enum DecoySignature {
    /// Draws 32 bytes.
    static func make(over content: [UInt8], random: any RandomSource) -> [UInt8] {
        let seed = SecretBytes(random.bytes(Ed25519.seedSize))
        return Ed25519.KeyPair(seed: seed)?.sign(content) ?? []
    }
}
