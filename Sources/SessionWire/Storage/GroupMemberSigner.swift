import SodiumKit

/// A member of a group, acting in the group's swarm with the token an admin made. The token names the member's key only
/// after multiplication with a factor, so that the swarm does not learn who it is.
/// - Source: groups.md §6.1, §6.2
public struct GroupMemberSigner: StorageSigner {
    /// Bytes of what an admin sends with an invite: prefix, factor, signature.
    public static let authDataSize = 100

    public let accountBytes: [UInt8]
    public let subaccount: (token: SubaccountToken, signature: [UInt8])?
    private let scalar: SecretBytes
    private let publicKey: [UInt8]
    private let nonceKey: SecretBytes

    /// `nil` if the data does not give this account at least read and write access to this group.
    public init?(group: GroupID, authData: [UInt8], keys: AccountKeys) {
        guard authData.count == Self.authDataSize, let token = Self.token(authData: authData, keys: keys),
            token.prefix == GroupID.prefix, token.access.isSuperset(of: [.read, .write]),
            Ed25519.verify(Array(authData[36...]), token.bytes, publicKey: group.publicKey)
        else { return nil }
        self.init(group: group, authData: authData, keys: keys, token: token)
    }

    /// Without the checks, for tests of what a server refuses.
    package init?(unchecked authData: [UInt8], group: GroupID, keys: AccountKeys) {
        guard authData.count == Self.authDataSize, let token = Self.token(authData: authData, keys: keys) else {
            return nil
        }
        self.init(group: group, authData: authData, keys: keys, token: token)
    }

    private init?(group: GroupID, authData: [UInt8], keys: AccountKeys, token: SubaccountToken) {
        guard var secret = EdwardsGroup.scalar(of: keys.ed25519)?.copyBytes(),
            var reduced = EdwardsGroup.scalar(reducing: secret + [UInt8](repeating: 0, count: 32))
        else { return nil }
        defer {
            Sodium.wipe(&secret)
            Sodium.wipe(&reduced)
        }
        if keys.ed25519PublicKey[31] & 0x80 != 0 { reduced = EdwardsGroup.negate(reduced) }
        var seed = Array(keys.ed25519.secretKey.copyBytes().prefix(Ed25519.seedSize))
        defer { Sodium.wipe(&seed) }
        guard let nonceKey = Blake2b.hash(seed, key: Array("SubaccountSeed".utf8)) else { return nil }
        accountBytes = group.bytes
        subaccount = (token, Array(authData[36...]))
        scalar = SecretBytes(EdwardsGroup.multiply(Array(authData[4..<36]), reduced))
        publicKey = token.key
        self.nonceKey = SecretBytes(nonceKey)
    }

    public var accountEd25519: [UInt8]? { nil }

    /// An ordinary Ed25519 signature under the key in the token; the same each time.
    public func sign(_ message: [UInt8]) -> [UInt8] {
        let hash = Blake2b.hash(
            parts: [nonceKey.copyBytes(), publicKey, message], key: Array("SubaccountSig".utf8), size: 64)
        guard var nonce = hash.flatMap(EdwardsGroup.scalar(reducing:)),
            let commitment = EdwardsGroup.multiplyBase(nonce),
            let challenge = EdwardsGroup.scalar(reducing: SHA512.hash(commitment + publicKey + message))
        else { return [] }
        defer { Sodium.wipe(&nonce) }
        var secret = scalar.copyBytes()
        defer { Sodium.wipe(&secret) }
        return commitment + EdwardsGroup.add(nonce, EdwardsGroup.multiply(challenge, secret))
    }

    /// Prefix and blinded key.
    private static func token(authData: [UInt8], keys: AccountKeys) -> SubaccountToken? {
        var point = keys.ed25519PublicKey
        point[31] &= 0x7f
        return EdwardsGroup.multiply(Array(authData[4..<36]), point: point).flatMap {
            SubaccountToken(Array(authData[..<4]) + $0)
        }
    }
}
