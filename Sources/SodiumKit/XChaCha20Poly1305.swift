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
    public static func sealWithNonce(_ plaintext: [UInt8], key: [UInt8], nonce: [UInt8]) -> [UInt8]? {
        Sodium.prepare()
        guard key.count == keySize, nonce.count == nonceSize else { return nil }
        return output(nonceSize + plaintext.count + tagSize) { start in
            nonce.withUnsafeBufferPointer { nonce in
                guard let first = nonce.baseAddress else { return -1 }
                start.update(from: first, count: nonceSize)
                return crypto_aead_xchacha20poly1305_ietf_encrypt(
                    start + nonceSize, nil, plaintext, UInt64(plaintext.count), nil, 0, nil, first, key)
            }
        }
    }

    /// Opens what ``sealWithNonce(_:key:nonce:)`` made.
    public static func openWithNonce(_ message: [UInt8], key: [UInt8]) -> [UInt8]? {
        guard message.count >= nonceSize + tagSize else { return nil }
        return open(message[nonceSize...], key: key, nonce: Array(message[..<nonceSize]))
    }
}
