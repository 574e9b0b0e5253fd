public import SessionWire
public import SodiumKit

/// What a config is encrypted and signed with.
/// - Source: configs.md §1, §6.2
public struct ConfigKeys: Sendable {
    /// 32 bytes each, newest first: the first encrypts, all are tried for decrypting.
    let encryption: [SecretBytes]
    /// Wraps user configs; absent for those of groups.
    let account: AccountKeys?
    /// The group's Ed25519 key; messages without its signature are not taken.
    let verifyKey: [UInt8]?
    /// Only admins have it.
    let signer: Ed25519.KeyPair?

    /// The keys of one's own configs.
    public init(account: AccountKeys) {
        let seed = account.ed25519.secretKey.withBytes { secret in
            SecretBytes(count: 32) { $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: secret[..<32])) }
        }
        (encryption, self.account, verifyKey, signer) = ([seed], account, nil, nil)
    }

    /// The keys of a group's configs.
    /// - Parameter signer: the group's key pair, for an admin.
    public init(group: GroupID, encryption: [SecretBytes], signer: Ed25519.KeyPair?) {
        (self.encryption, account, verifyKey) = (encryption, nil, group.publicKey)
        self.signer = signer
    }

    var isReadOnly: Bool { verifyKey != nil && signer == nil }
}
