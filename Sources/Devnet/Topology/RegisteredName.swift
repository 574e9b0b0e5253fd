import BaseKit
import SessionWire
import SodiumKit

/// An entry of the name registry.
/// - Source: network.md §6
struct RegisteredName: Sendable {
    /// Base64; what is asked for.
    let hash: String
    /// The encrypted account ID, hexadecimal.
    let value: String
    let nonce: String

    init?(_ name: String, account: AccountID, nonce: [UInt8]) {
        let name = Array(name.lowercased().utf8)
        guard let hash = Blake2b.hash(name), let key = Blake2b.hash(name, key: hash),
            let sealed = XChaCha20Poly1305.seal([0x05] + account.publicKey, key: key, nonce: nonce)
        else { return nil }
        self.hash = hash.base64
        value = sealed.hex
        self.nonce = nonce.hex
    }
}
