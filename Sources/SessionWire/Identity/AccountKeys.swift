public import SodiumKit

/// All keys of an account. They follow from 16 random bytes, which are all that has to be kept.
/// - Source: identity-and-messages.md §1.1
public final class AccountKeys: Sendable {
    /// Bytes of the account's secret.
    public static let seedSize = 16

    /// The 16 bytes everything follows from.
    public let seed: SecretBytes
    /// Signs requests and messages.
    public let ed25519: Ed25519.KeyPair
    /// Receives messages.
    public let x25519: X25519.KeyPair
    public let accountID: AccountID

    public var ed25519PublicKey: [UInt8] { ed25519.publicKey }
    public var x25519PublicKey: [UInt8] { x25519.publicKey }

    /// - Throws: ``AccountKeysError/wrongSeedSize(_:)`` if the seed has not 16 bytes.
    public init(seed: SecretBytes) throws(AccountKeysError) {
        guard seed.count == Self.seedSize else { throw .wrongSeedSize(seed.count) }
        let padded = SecretBytes(count: Ed25519.seedSize) { memory in
            memory.initializeMemory(as: UInt8.self, repeating: 0)
            seed.withBytes { memory.copyMemory(from: $0) }
        }
        guard let signing = Ed25519.KeyPair(seed: padded), let secret = Ed25519.x25519(secretKey: signing.secretKey)
        else { throw .unusableSeed }
        let receiving = X25519.KeyPair(secret: secret)
        guard let accountID = AccountID(publicKey: receiving.publicKey) else { throw .unusableSeed }
        self.seed = seed
        ed25519 = signing
        x25519 = receiving
        self.accountID = accountID
    }

    /// A new account from the system's randomness.
    public static func generate() -> AccountKeys {
        guard let keys = try? AccountKeys(seed: .random(seedSize)) else {
            preconditionFailure("16 bytes make an account")
        }
        return keys
    }

    /// The Ed25519 signature of `message`, 64 bytes.
    public func sign(_ message: [UInt8]) -> [UInt8] { ed25519.sign(message) }
}

/// Why a seed does not make an account.
public enum AccountKeysError: Error, Equatable, Sendable, CustomStringConvertible {
    case wrongSeedSize(Int)
    case unusableSeed

    public var description: String {
        switch self {
        case .wrongSeedSize(let count): "An account's seed has 16 bytes, not \(count)."
        case .unusableSeed: "No keys follow from the seed."
        }
    }
}
