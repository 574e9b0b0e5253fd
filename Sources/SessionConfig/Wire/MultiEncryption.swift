public import SessionWire
public import SodiumKit

/// One message for several people, each of whom can open it, without saying who they are: key messages of groups and
/// notices to those who were removed.
/// - Source: groups.md §2; the vectors `multi_encrypt`
public enum MultiEncryption {
    /// Most bytes that are read; no swarm keeps more.
    public static let maximumSize = ConfigMultipart.maximumBlob
    /// What tells a removed member from the noise around it.
    public static let kickedDomain = "SessionGroupKickedMessage"

    /// The key between the sender and one recipient.
    /// - Returns: `nil` if the other's key is of small order, or the domain is empty.
    public static func key(
        own: X25519.KeyPair, other: [UInt8], isSender: Bool, domain: String
    ) -> [UInt8]? {
        let name = Array(domain.utf8.prefix(64))
        guard !name.isEmpty, let shared = X25519.sharedSecret(secret: own.secret, publicKey: other) else { return nil }
        let (sender, recipient) = isSender ? (own.publicKey, other) : (other, own.publicKey)
        return Blake2b.hash(parts: [shared, sender, recipient], key: name)
    }

    /// - Parameters:
    ///   - messages: with whom each is for, by X25519 key.
    ///   - nonce: 24 bytes, never used twice by this sender.
    ///   - junk: entries that hide how many recipients there are.
    public static func encrypt(
        _ messages: [(message: [UInt8], recipient: [UInt8])], from sender: X25519.KeyPair, domain: String,
        nonce: [UInt8], junk: [[UInt8]] = []
    ) -> [UInt8]? {
        var entries: [BTValue] = []
        for (message, recipient) in messages {
            guard let key = key(own: sender, other: recipient, isSender: true, domain: domain),
                let sealed = XChaCha20Poly1305.seal(message, key: key, nonce: nonce)
            else { return nil }
            entries.append(.bytes(sealed))
        }
        entries += junk.map(BTValue.bytes)
        return BTValue.dict([Array("#".utf8): .bytes(nonce), Array("e".utf8): .list(entries)]).encoded()
    }

    /// What `encoded` says to the owner of `keys`; `nil` if nothing in it is for them.
    public static func decrypt(
        _ encoded: [UInt8], keys: X25519.KeyPair, sender: [UInt8], domain: String
    ) -> [UInt8]? {
        let limits = BencodeLimits(bytes: maximumSize, depth: 4, values: 10_000)
        guard let value = try? BTValue.parse(encoded, limits: limits), let nonce = value["#"]?.bytesValue,
            let entries = value["e"]?.listValue,
            let key = key(own: keys, other: sender, isSender: false, domain: domain)
        else { return nil }
        for entry in entries {
            if let sealed = entry.bytesValue, let plain = XChaCha20Poly1305.open(sealed, key: key, nonce: nonce) {
                return plain
            }
        }
        return nil
    }

    /// What a removed member is told: their key and the generation of the group's key that they may not have.
    public static func kickedNotice(for member: AccountID, generation: Int) -> [UInt8] {
        member.publicKey + Array(String(generation).utf8)
    }
}
