public import SodiumKit

/// Whoever may act on an account in its swarm.
/// - Source: network.md §4.3
public protocol StorageSigner: Sendable {
    /// Type byte and key of the account, 33 bytes.
    var accountBytes: [UInt8] { get }
    /// The Ed25519 key behind an `05` account, 32 bytes; `nil` where the account's key is one itself.
    var accountEd25519: [UInt8]? { get }
    /// The token and the owner's signature over it, when the signer is not the owner.
    var subaccount: (token: SubaccountToken, signature: [UInt8])? { get }
    func sign(_ message: [UInt8]) -> [UInt8]
}

extension StorageSigner {
    public var subaccount: (token: SubaccountToken, signature: [UInt8])? { nil }
}

extension AccountKeys: StorageSigner {
    public var accountBytes: [UInt8] { accountID.bytes }
    public var accountEd25519: [UInt8]? { ed25519PublicKey }
}

/// The owner of an account whose key is an Ed25519 key itself, such as a group's admin.
public struct OwnerSigner: StorageSigner {
    public let accountBytes: [UInt8]
    private let keys: Ed25519.KeyPair

    public init(prefix: UInt8 = GroupID.prefix, keys: Ed25519.KeyPair) {
        accountBytes = [prefix] + keys.publicKey
        self.keys = keys
    }

    public var accountEd25519: [UInt8]? { nil }
    public func sign(_ message: [UInt8]) -> [UInt8] { keys.sign(message) }
}

/// Somebody with a token, such as a member of a group.
public struct SubaccountSigner: StorageSigner {
    public let accountBytes: [UInt8]
    public let subaccount: (token: SubaccountToken, signature: [UInt8])?
    private let keys: Ed25519.KeyPair

    /// - Parameters:
    ///   - accountBytes: the account that is acted on.
    ///   - signature: the owner's, over the token.
    ///   - keys: those the token names.
    public init(accountBytes: [UInt8], token: SubaccountToken, signature: [UInt8], keys: Ed25519.KeyPair) {
        self.accountBytes = accountBytes
        subaccount = (token, signature)
        self.keys = keys
    }

    public var accountEd25519: [UInt8]? { nil }
    public func sign(_ message: [UInt8]) -> [UInt8] { keys.sign(message) }
}
