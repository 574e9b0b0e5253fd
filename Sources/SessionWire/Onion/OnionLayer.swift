public import SodiumKit

/// The outside of a request as a node or a server receives it.
public struct OnionEntry: Hashable, Sendable {
    public let blob: [UInt8]
    public let ephemeralKey: [UInt8]
    public let cipher: OnionCipher
    /// How many nodes it says it has passed.
    public let hopNumber: Int

    public init(blob: [UInt8], ephemeralKey: [UInt8], cipher: OnionCipher, hopNumber: Int = 0) {
        (self.blob, self.ephemeralKey, self.cipher, self.hopNumber) = (blob, ephemeralKey, cipher, hopNumber)
    }
}

/// A request that leaves the network towards a server.
public struct OnionExit: Sendable {
    public let host: String
    public let target: String
    public let `protocol`: OnionScheme
    public let port: UInt16
    /// The body to post: the whole decrypted envelope, since the server needs its JSON.
    public let posted: [UInt8]
    /// Seals what this node itself has to say.
    public let replyKey: OnionPeelKey
}

/// The peeling side of onion requests: what a node does with what it receives.
/// - Source: network.md §3.2, §3.4, §3.7
public enum OnionLayer {
    /// Why a decrypted layer cannot be followed; the text goes to the client, sealed, with status 400.
    public enum InvalidReason: String, Sendable {
        case json = "Invalid json"
        case url = "Invalid url"
    }

    public enum Peeled: Sendable {
        /// Pass `body` on to another node, with these parameters.
        case relay(next: ServiceNodeID, body: [UInt8], ephemeralKey: [UInt8], cipher: OnionCipher)
        /// This node is the destination; `body` is the request.
        case final(body: [UInt8], replyKey: OnionPeelKey, wantsJSON: Bool, wantsBase64: Bool)
        case server(OnionExit)
        case invalid(replyKey: OnionPeelKey, reason: InvalidReason)
    }

    /// Reads the body of an HTTP request, or of what an exit node posted to a server.
    /// - Throws: an error whose `description` belongs behind `Error parsing onion request: `.
    public static func parseEntry(_ httpBody: [UInt8]) throws(OnionError) -> OnionEntry {
        guard httpBody.count <= OnionRequest.maximumBody else { throw .tooLarge(httpBody.count) }
        let (blob, control) = try OnionEnvelope.split(httpBody)
        let limits = JSONLimits(bytes: 65_536, depth: 8, values: 256)
        guard let fields = (try? JSONValue.parse(control, limits: limits))?.objectValue else {
            throw .malformedControl("not a JSON object")
        }
        guard let hops = (fields["hop_no"] ?? 0).intValue, hops >= 0 else { throw .malformedControl("hop_no") }
        return OnionEntry(
            blob: blob, ephemeralKey: try OnionControl.ephemeralKey(fields), cipher: try OnionControl.cipher(fields),
            hopNumber: hops)
    }

    /// Decrypts the blob of an entry without looking at what is inside; the way a server opens its request.
    public static func open(
        blob: [UInt8], ephemeralKey: [UInt8], cipher: OnionCipher, secret: X25519.KeyPair
    ) throws(OnionError) -> (plaintext: [UInt8], replyKey: OnionPeelKey) {
        let key = try layerKey(ephemeralKey, cipher, secret)
        return (try key.open(blob), OnionPeelKey(layer: key))
    }

    private static func layerKey(
        _ ephemeralKey: [UInt8], _ cipher: OnionCipher, _ secret: X25519.KeyPair
    ) throws(OnionError) -> OnionLayerKey {
        guard let shared = X25519.sharedSecret(secret: secret.secret, publicKey: ephemeralKey) else {
            throw .unusableKey
        }
        return try OnionLayerKey(cipher, sharedSecret: shared, client: ephemeralKey, node: secret.publicKey)
    }

    public static func open(
        _ entry: OnionEntry, secret: X25519.KeyPair
    ) throws(OnionError) -> (plaintext: [UInt8], replyKey: OnionPeelKey) {
        try open(blob: entry.blob, ephemeralKey: entry.ephemeralKey, cipher: entry.cipher, secret: secret)
    }

    public static func peel(_ entry: OnionEntry, secret: X25519.KeyPair) throws(OnionError) -> Peeled {
        try peel(blob: entry.blob, ephemeralKey: entry.ephemeralKey, cipher: entry.cipher, secret: secret)
    }

    /// Decrypts one layer and says what it asks for.
    /// - Throws: `.undecryptable` or `.unusableKey`; the node then answers 400 `Invalid ciphertext` in plain text.
    public static func peel(
        blob: [UInt8], ephemeralKey: [UInt8], cipher: OnionCipher, secret: X25519.KeyPair
    ) throws(OnionError) -> Peeled {
        let key = try layerKey(ephemeralKey, cipher, secret)
        let replyKey = OnionPeelKey(layer: key)
        let inner: (blob: [UInt8], control: [UInt8])
        do { inner = try key.openEnvelope(blob) } catch {
            guard error == .malformedEnvelope else { throw error }
            return .invalid(replyKey: replyKey, reason: .json)
        }
        let control: OnionControl
        do { control = try OnionControl.parse(inner.control) } catch {
            return .invalid(replyKey: replyKey, reason: .json)
        }
        switch control {
        case .final(let wantsJSON, let wantsBase64):
            return .final(body: inner.blob, replyKey: replyKey, wantsJSON: wantsJSON, wantsBase64: wantsBase64)
        case .relay(let next, let ephemeralKey, let cipher):
            return .relay(next: next, body: inner.blob, ephemeralKey: ephemeralKey, cipher: cipher)
        case .server(let host, let target, let scheme, let port):
            guard let scheme = OnionScheme(rawValue: scheme), OnionServer.isTargetAllowed(target) else {
                return .invalid(replyKey: replyKey, reason: .url)
            }
            let posted = OnionEnvelope.wrap(inner.blob, control: inner.control)
            return .server(
                OnionExit(
                    host: host, target: target, protocol: scheme, port: port, posted: posted, replyKey: replyKey))
        }
    }
}
