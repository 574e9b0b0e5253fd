import BaseKit
import SodiumKit

/// How an account shows itself to one community server without telling its id: its key times a factor that follows from the
/// server's key (`15`) or from that and the account (`25`).
/// - Source: identity-and-messages.md §1.2; libsession-util 1.6.3, by its test vectors
public enum Blinding {
    /// The factor for `account` on the server with this X25519 key; `nil` if the server's key has not 32 bytes.
    public static func factor(_ scheme: BlindedID.Scheme, account: AccountID, server: [UInt8]) -> [UInt8]? {
        guard server.count == X25519.keySize else { return nil }
        let parts = scheme == .legacy ? [server] : [account.bytes, server]
        return Blake2b.hash(parts: parts, size: 64).flatMap { EdwardsGroup.scalar(reducing: $0) }
    }

    /// The id under which the owner of an Ed25519 key is known on a server.
    public static func id(_ scheme: BlindedID.Scheme, ed25519PublicKey: [UInt8], server: [UInt8]) -> BlindedID? {
        guard
            let account = AccountID(ed25519PublicKey: ed25519PublicKey),
            let factor = factor(scheme, account: account, server: server)
        else { return nil }
        var point = ed25519PublicKey
        // The current scheme starts from the key with a positive sign, which the account's id alone tells as well.
        if scheme == .current { point[31] &= 0x7f }
        return EdwardsGroup.multiply(factor, point: point).flatMap { BlindedID(scheme: scheme, publicKey: $0) }
    }

    /// Whether an id belongs to the owner of an Ed25519 key. For the old scheme both signs count.
    public static func matches(_ id: BlindedID, ed25519PublicKey: [UInt8], server: [UInt8]) -> Bool {
        guard let own = self.id(id.scheme, ed25519PublicKey: ed25519PublicKey, server: server) else { return false }
        guard id.scheme == .legacy, own != id else { return own == id }
        var mirrored = own.publicKey
        mirrored[31] ^= 0x80
        return mirrored == id.publicKey
    }

    /// The secret scalar with which `keys` computes what it shares with another blinded id.
    static func sharingScalar(_ scheme: BlindedID.Scheme, keys: AccountKeys, server: [UInt8]) -> [UInt8]? {
        let scalar = keys.x25519.secret.copyBytes()
        // In the old scheme both sides have the same factor, and the other side's id already holds it.
        guard scheme == .current else { return scalar }
        guard var factor = factor(scheme, account: keys.accountID, server: server) else { return nil }
        if keys.ed25519PublicKey[31] & 0x80 != 0 { factor = EdwardsGroup.negate(factor) }
        return EdwardsGroup.multiply(scalar, factor)
    }
}
