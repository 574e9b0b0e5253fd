import SodiumKit

/// What a paid account shares among its devices. Shallot sells nothing; it keeps this for the others.
/// - Source: configs.md §10.1
public struct ProEntry: Hashable, Sendable {
    /// Seed of the key that messages are signed with, 32 bytes.
    public var rotatingSeed: [UInt8]
    public var version: Int64
    /// 32 bytes.
    public var tag: [UInt8]
    /// Milliseconds.
    public var expiry: Int64
    /// Of the service that was paid, 64 bytes.
    public var signature: [UInt8]

    public init(rotatingSeed: [UInt8], version: Int64, tag: [UInt8], expiry: Int64, signature: [UInt8]) {
        (self.rotatingSeed, self.version, self.tag) = (rotatingSeed, version, tag)
        (self.expiry, self.signature) = (expiry, signature)
    }

    init?(_ dict: ConfigDict) {
        let proof = dict.dict("p")
        guard let seed = dict.bytes("r", count: Ed25519.seedSize), let tag = proof.bytes("g", count: 32),
            let signature = proof.bytes("s", count: Ed25519.signatureSize)
        else { return nil }
        self.init(
            rotatingSeed: seed, version: proof.int("@") ?? 0, tag: tag, expiry: proof.int("e") ?? 0,
            signature: signature)
    }

    func write(to dict: inout ConfigDict) throws(ConfigError) {
        dict.set("r", bytes: rotatingSeed)
        try dict.change("p") { proof throws(ConfigError) in
            proof.set("@", int: version)
            proof.set("g", bytes: tag)
            proof.set("e", int: expiry)
            proof.set("s", bytes: signature)
        }
    }

    /// The key that belongs to the seed.
    public var rotatingKey: [UInt8]? { Ed25519.KeyPair(seed: SecretBytes(rotatingSeed))?.publicKey }
}
