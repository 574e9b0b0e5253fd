import CSodium
import SessionWire
import SodiumKit
import ZstdKit

/// What C has to do for a config message that is pushed or read, and nothing around it: the hash that names it, zstd, the
/// hash that makes the nonce, the cipher, and the sealed and signed message that user configs travel in.
final class BareConfig {
    private let message: [UInt8]
    private let frame: [UInt8]
    private let wrap: BareMessage
    private let wrapped: [UInt8]
    private var blob: [UInt8]
    private var plain: [UInt8]
    private let key = [UInt8](repeating: 1, count: 32)
    private let nonce = [UInt8](repeating: 2, count: 24)

    init(message: [UInt8], account: AccountKeys) throws {
        self.message = message
        guard let frame = Zstd.compress(message, level: 1) else { throw BenchmarkError.wrongResult }
        (self.frame, plain) = (frame, frame)
        blob = frame + [UInt8](repeating: 0, count: 16)
        wrap = BareMessage(sender: account, recipient: account, message: blob)
        wrapped = try SessionEncryption.encrypt(blob, from: account, to: account.accountID, random: SystemRandom())
        encrypt()
    }

    func push() throws {
        try Self.hash(message)
        guard Zstd.compress(message, level: 1) != nil else { throw BenchmarkError.wrongResult }
        try Self.hash(frame)
        encrypt()
        try wrap.encrypt()
    }

    func read() throws {
        try wrap.decrypt(wrapped)
        guard
            crypto_aead_xchacha20poly1305_ietf_decrypt(
                &plain, nil, nil, blob, UInt64(blob.count), nil, 0, nonce, key) == 0
        else { throw BenchmarkError.wrongResult }
        try Self.hash(try Zstd.decompress(frame, limit: 10_000_000))
    }

    private func encrypt() {
        crypto_aead_xchacha20poly1305_ietf_encrypt(&blob, nil, frame, UInt64(frame.count), nil, 0, nil, nonce, key)
    }

    static func hash(_ bytes: [UInt8]) throws {
        var digest = [UInt8](repeating: 0, count: 32)
        guard crypto_generichash(&digest, 32, bytes, UInt64(bytes.count), nil, 0) == 0 else {
            throw BenchmarkError.wrongResult
        }
    }
}
