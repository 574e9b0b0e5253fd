import BaseKit
import SessionWire
import SodiumKit

/// What makes a service node this node: its keys and its certificate. Saved with the state, since other programs know
/// the node by them.
struct NodeIdentity: Sendable {
    /// What a state file keeps.
    struct Saved: Codable, Sendable, Equatable {
        var seed: String
        var legacyKey: String
        var port: Int
        var certificate: NodeCertificate
    }

    let ed25519: Ed25519.KeyPair
    let x25519: X25519.KeyPair
    /// The older key, which only names the node.
    let legacyKey: [UInt8]
    let certificate: NodeCertificate
    private let seed: String
    /// Lower-case hexadecimal forms, which requests and replies use all the time.
    let edHex: String
    let xHex: String

    init(_ saved: Saved) throws {
        guard let seed = [UInt8](hex: saved.seed), let legacy = [UInt8](hex: saved.legacyKey), legacy.count == 32,
            let pair = Ed25519.KeyPair(seed: SecretBytes(seed)),
            let secret = Ed25519.x25519(secretKey: pair.secretKey)
        else { throw DevnetError.identity }
        ed25519 = pair
        x25519 = X25519.KeyPair(secret: secret)
        legacyKey = legacy
        certificate = saved.certificate
        self.seed = saved.seed
        edHex = pair.publicKey.hex
        xHex = x25519.publicKey.hex
    }

    func saved(port: Int) -> Saved {
        Saved(seed: seed, legacyKey: legacyKey.hex, port: port, certificate: certificate)
    }

    var snodeAddress: String { Base32Z.encode(legacyKey) + ".snode" }
}
