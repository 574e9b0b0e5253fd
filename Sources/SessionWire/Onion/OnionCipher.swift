import SodiumKit

/// How one onion layer is encrypted.
/// - Source: network.md §3.3
public enum OnionCipher: String, Sendable, CaseIterable {
    case aesGCM = "aes-gcm"
    case xChaCha20 = "xchacha20"

    /// Reads every spelling that nodes accept.
    public init?(wireName: String) {
        switch wireName {
        case "aes-gcm", "gcm": self = .aesGCM
        case "xchacha20", "xchacha20-poly1305": self = .xChaCha20
        default: return nil
        }
    }

    public var nonceSize: Int { self == .aesGCM ? 12 : XChaCha20Poly1305.nonceSize }
    /// What a layer adds to its plaintext: nonce and tag.
    public var overhead: Int { nonceSize + 16 }
}
