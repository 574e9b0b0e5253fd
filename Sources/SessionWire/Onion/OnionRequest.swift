public import BaseKit

/// A request wrapped for a path: the body to post to the entry node, and the key that opens the answer.
/// - Source: network.md §3.1–3.5
public struct OnionRequest: Sendable {
    /// What a service node takes as a request body, in bytes.
    /// - Source: network.md §3.6
    public static let maximumBody = 10_485_760
    /// Nodes refuse requests that say they have passed more.
    /// - Source: network.md §3.7
    public static let maximumHops = 15

    /// To be posted to `/onion_req/v2` of the entry node.
    public let body: [UInt8]
    public let replyKey: OnionReplyKey

    /// Wraps `payload` once for the destination and once for every node of `path`.
    /// - Parameters:
    ///   - payload: the storage request for a node, a ``V4Request`` for a server.
    ///   - path: the entry node first; the destination is not part of it.
    ///   - random: drawn per layer, from the destination outwards: 32 bytes of key, then the nonce.
    /// - Throws: `.emptyPath`, `.pathTooLong`, `.unusableKey`, `.tooLarge`.
    public static func build(
        _ payload: [UInt8], path: [ServiceNode], destination: OnionDestination, cipher: OnionCipher = .aesGCM,
        dialect: OnionDialect = .compact, random: any RandomSource
    ) throws(OnionError) -> OnionRequest {
        guard !path.isEmpty else { throw .emptyPath }
        guard path.count < maximumHops else { throw .pathTooLong(path.count) }
        guard payload.count < maximumBody else { throw .tooLarge(payload.count) }

        let last = try OnionExchange(with: destination.x25519, random: random)
        let replyKey = try OnionReplyKey(last, cipher: cipher)
        let innermost: [UInt8]
        var control: [UInt8]
        switch destination {
        case .node(let node):
            innermost = OnionEnvelope.wrap(payload, control: dialect.final)
            control = dialect.relay(to: node.ed25519, ephemeralKey: last.ephemeralKey, cipher: cipher)
        case .server(let server):
            innermost = payload
            control = dialect.exit(to: server, ephemeralKey: last.ephemeralKey, cipher: cipher)
        }
        var body = try replyKey.layer.seal(innermost, nonce: random.bytes(cipher.nonceSize), control: control)
        for (index, node) in path.enumerated().reversed() {
            let layer = try OnionExchange(with: node.x25519, random: random)
            control =
                index == 0
                ? dialect.entry(ephemeralKey: layer.ephemeralKey, cipher: cipher)
                : dialect.relay(to: node.ed25519, ephemeralKey: layer.ephemeralKey, cipher: cipher)
            body = try layer.key(cipher).seal(body, nonce: random.bytes(cipher.nonceSize), control: control)
        }
        guard body.count <= maximumBody else { throw .tooLarge(body.count) }
        return OnionRequest(body: body, replyKey: replyKey)
    }
}
