import BaseKit
import SodiumKit

/// What a request brings along to prove that it may do what it asks.
/// - Source: network.md §4.3
struct Credentials: Sendable {
    /// What a subaccount may do; its token carries the sum.
    struct Access: OptionSet, Sendable {
        let rawValue: UInt8
        static let read = Access(rawValue: 1)
        static let write = Access(rawValue: 2)
        static let delete = Access(rawValue: 4)
        /// Valid for accounts of any type.
        static let anyPrefix = Access(rawValue: 8)
    }

    let owner: Owner
    var signature: [UInt8]?
    var ed25519: [UInt8]?
    var token: [UInt8]?
    var tokenSignature: [UInt8]?

    /// Whether the signature is good and comes from somebody with `access`.
    func verify(_ message: [UInt8], access: Access, revoked: [[UInt8]]) -> Bool {
        guard let signature, let key = mainKey else { return false }
        guard let token else { return Ed25519.verify(signature, message, publicKey: key) }
        guard let tokenSignature, !revoked.contains(token) else { return false }
        let flags = Access(rawValue: token[1])
        guard token[0] == owner.type || flags.contains(.anyPrefix), flags.isSuperset(of: access),
            Ed25519.verify(tokenSignature, token, publicKey: key)
        else { return false }
        return Ed25519.verify(signature, message, publicKey: Array(token[4...]))
    }

    /// What the token allows; an account's own key allows everything.
    var access: Access { token.map { Access(rawValue: $0[1]) } ?? [.read, .write, .delete] }

    /// The key that answers for the account: its own bytes, except that an `05` account is a converted key and has to
    /// name the original, which must convert to it.
    private var mainKey: [UInt8]? {
        guard owner.type == 5, let ed25519 else { return owner.key }
        return Ed25519.x25519(publicKey: ed25519) == owner.key ? ed25519 : nil
    }
}
