import CSodium

/// XChaCha20-Poly1305 with 24-byte nonces (the IETF form).
/// - Source: draft-irtf-cfrg-xchacha; libsodium's `crypto_aead_xchacha20poly1305_ietf`
public enum XChaCha20Poly1305 {
    public static let keySize = 32
    public static let nonceSize = 24
    public static let tagSize = 16

    /// Ciphertext ‖ tag; `nil` if key or nonce have a wrong size.
    public static func seal(_ plaintext: [UInt8], key: [UInt8], nonce: [UInt8], additionalData: [UInt8] = [])
        -> [UInt8]?
    {
        Sodium.prepare()
        guard key.count == keySize, nonce.count == nonceSize else { return nil }
        return output(plaintext.count + tagSize) {
            crypto_aead_xchacha20poly1305_ietf_encrypt(
                $0, nil, plaintext, UInt64(plaintext.count), additionalData, UInt64(additionalData.count), nil, nonce,
                key)
        }
    }

    /// The plaintext; `nil` if anything does not fit.
    public static func open(_ ciphertext: [UInt8], key: [UInt8], nonce: [UInt8], additionalData: [UInt8] = [])
        -> [UInt8]?
    {
        open(ciphertext[...], key: key, nonce: nonce, additionalData: additionalData)
    }

    /// The plaintext of a part of a larger message, without copying the part first.
    public static func open(
        _ ciphertext: ArraySlice<UInt8>, key: [UInt8], nonce: [UInt8], additionalData: [UInt8] = []
    ) -> [UInt8]? {
        Sodium.prepare()
        guard key.count == keySize, nonce.count == nonceSize, ciphertext.count >= tagSize else { return nil }
        return ciphertext.withUnsafeBufferPointer { ciphertext in
            guard let start = ciphertext.baseAddress else { return nil }
            return output(ciphertext.count - tagSize) {
                crypto_aead_xchacha20poly1305_ietf_decrypt(
                    $0, nil, nil, start, UInt64(ciphertext.count), additionalData, UInt64(additionalData.count), nonce,
                    key)
            }
        }
    }

    /// Nonce ‖ ciphertext ‖ tag in one array; `nil` if key or nonce have a wrong size.
    /// - Parameters:
    ///   - before: stands in front of that, as it is.
    ///   - after: follows it, as it is.
    public static func sealWithNonce(
        _ plaintext: [UInt8], key: [UInt8], nonce: [UInt8], between before: [UInt8] = [], and after: [UInt8] = []
    ) -> [UInt8]? {
        Sodium.prepare()
        guard key.count == keySize, nonce.count == nonceSize else { return nil }
        let size = plaintext.count + tagSize
        return output(before.count + nonceSize + size + after.count) { start in
            let sealed = put(nonce, at: put(before, at: start))
            _ = put(after, at: sealed + size)
            return crypto_aead_xchacha20poly1305_ietf_encrypt(
                sealed, nil, plaintext, UInt64(plaintext.count), nil, 0, nil, nonce, key)
        }
    }

    /// - Returns: the place behind the bytes.
    private static func put(_ bytes: [UInt8], at place: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        place + UnsafeMutableBufferPointer(start: place, count: bytes.count).initialize(fromContentsOf: bytes)
    }

    /// Opens what ``sealWithNonce(_:key:nonce:between:and:)`` made with nothing around it.
    public static func openWithNonce(_ message: [UInt8], key: [UInt8]) -> [UInt8]? {
        guard message.count >= nonceSize + tagSize else { return nil }
        return open(message[nonceSize...], key: key, nonce: Array(message[..<nonceSize]))
    }
}
