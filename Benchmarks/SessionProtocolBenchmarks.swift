import CSodium
import SessionWire
import SodiumKit

/// Encrypting and decrypting a direct message against the same signature and sealed box called bare.
enum SessionProtocolBenchmarks {
    static var all: [Benchmark] {
        [160, 16_000].flatMap { size in
            [
                Benchmark(name: "session protocol encrypt, \(size) bytes") { [try encrypt(size)] },
                Benchmark(name: "session protocol decrypt, \(size) bytes") { [try decrypt(size)] },
            ]
        }
    }

    private static func encrypt(_ size: Int) throws -> Row {
        let (sender, recipient) = (AccountKeys.generate(), AccountKeys.generate())
        let message = SystemRandom().bytes(size)
        let bare = BareMessage(sender: sender, recipient: recipient, message: message)
        let random = SystemRandom()
        let result = try Stopwatch().compare {
            let sealed = try SessionEncryption.encrypt(message, from: sender, to: recipient.accountID, random: random)
            guard sealed.count == size + SessionEncryption.overhead else { throw BenchmarkError.wrongResult }
        } yardstick: {
            try bare.encrypt()
        }
        return .speed(
            "session protocol encrypt, \(size) bytes", ours: result.ours, yardstick: result.yardstick, atLeast: 0.8)
    }

    private static func decrypt(_ size: Int) throws -> Row {
        let (sender, recipient) = (AccountKeys.generate(), AccountKeys.generate())
        let message = SystemRandom().bytes(size)
        let bare = BareMessage(sender: sender, recipient: recipient, message: message)
        let sealed = try SessionEncryption.encrypt(
            message, from: sender, to: recipient.accountID, random: SystemRandom())
        let result = try Stopwatch().compare {
            let opened = try SessionEncryption.decrypt(sealed, keys: recipient)
            guard opened.sender == sender.accountID else { throw BenchmarkError.wrongResult }
        } yardstick: {
            try bare.decrypt(sealed)
        }
        return .speed(
            "session protocol decrypt, \(size) bytes", ours: result.ours, yardstick: result.yardstick, atLeast: 0.8)
    }
}

/// Signature, sealed box and key conversion on memory that is reserved beforehand.
final class BareMessage {
    private let message: [UInt8]
    private let senderSecret: [UInt8]
    private let senderKey: [UInt8]
    private let recipientKey: [UInt8]
    private let recipientSecret: [UInt8]
    private var signed: [UInt8]
    private var body: [UInt8]
    private var sealed: [UInt8]

    init(sender: AccountKeys, recipient: AccountKeys, message: [UInt8]) {
        self.message = message
        senderSecret = sender.ed25519.secretKey.copyBytes()
        senderKey = sender.ed25519PublicKey
        recipientKey = recipient.x25519PublicKey
        recipientSecret = recipient.x25519.secret.copyBytes()
        signed = message + senderKey + recipientKey
        body = message + senderKey + [UInt8](repeating: 0, count: 64)
        sealed = body + [UInt8](repeating: 0, count: 48)
    }

    func encrypt() throws {
        body.withUnsafeMutableBufferPointer { body in
            guard let start = body.baseAddress else { return }
            crypto_sign_detached(start + message.count + 32, nil, signed, UInt64(signed.count), senderSecret)
        }
        guard crypto_box_seal(&sealed, body, UInt64(body.count), recipientKey) == 0 else {
            throw BenchmarkError.wrongResult
        }
    }

    func decrypt(_ sealed: [UInt8]) throws {
        guard crypto_box_seal_open(&body, sealed, UInt64(sealed.count), recipientKey, recipientSecret) == 0 else {
            throw BenchmarkError.wrongResult
        }
        let isSigned = body.withUnsafeBufferPointer { body in
            guard let start = body.baseAddress else { return false }
            let signature = start + message.count + 32
            return crypto_sign_verify_detached(signature, signed, UInt64(signed.count), senderKey) == 0
        }
        var x25519 = [UInt8](repeating: 0, count: 32)
        guard isSigned, crypto_sign_ed25519_pk_to_curve25519(&x25519, senderKey) == 0 else {
            throw BenchmarkError.wrongResult
        }
    }
}
