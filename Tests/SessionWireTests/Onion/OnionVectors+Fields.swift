import BaseKit
import SessionWire
import ShallotTestSupport
import SodiumKit
import Testing

extension VectorCase {
    func cipher() throws -> OnionCipher { try #require(OnionCipher(wireName: text("enc_type"))) }

    func server() throws -> OnionServer {
        OnionServer(
            host: try text("host"), protocol: try #require(OnionScheme(rawValue: text("protocol"))),
            port: try has("port") ? UInt16(int("port")) : nil, x25519: try object("server").bytes("x25519_pubkey"))
    }

    func version4Request() throws -> V4Request {
        V4Request(
            method: try text("method"), endpoint: try text("endpoint"), headers: try fields.headers(),
            body: try has("body") ? bytes("body") : nil)
    }

    /// The key that opens the answer, from the node's side of the exchange.
    func replyKey(node: String) throws -> OnionReplyKey {
        let node = try X25519.KeyPair(secret: object(node).secret("x25519_secret"))
        let client = try X25519.KeyPair(secret: object("final_ephemeral").secret("x25519_secret"))
        let shared = try #require(X25519.sharedSecret(secret: client.secret, publicKey: node.publicKey))
        return try OnionReplyKey(cipher(), sharedSecret: shared, client: client.publicKey, node: node.publicKey)
    }
}

extension VectorFields {
    /// A service node; its address plays no part.
    func node() throws -> ServiceNode {
        try #require(
            ServiceNode(
                ed25519: bytes("ed25519_pubkey"), x25519: bytes("x25519_pubkey"), address: IPv4Address(rawValue: 1),
                port: 22_021))
    }

    func headers() throws -> [String: String] {
        try object("headers").values.compactMapValues { value in
            if case .text(let text) = value { text } else { nil }
        }
    }
}
