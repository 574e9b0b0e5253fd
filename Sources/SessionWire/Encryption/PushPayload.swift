import BaseKit
import SodiumKit

/// What a push server hands on: nonce ‖ XChaCha20-Poly1305(message ‖ zeros).
/// - Source: libsession-util 1.6.3, by its test vectors
public enum PushPayload {
    /// The message without the zeros that hide its length.
    /// - Parameter key: the 32 bytes given to the push server when registering.
    public static func decrypt(_ payload: [UInt8], key: [UInt8]) throws(EncryptionError) -> [UInt8] {
        guard payload.count >= XChaCha20Poly1305.nonceSize + XChaCha20Poly1305.tagSize else { throw .tooShort }
        guard let padded = XChaCha20Poly1305.openWithNonce(payload, key: key) else { throw .undecryptable }
        return Array(padded[..<(padded.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0)])
    }
}
