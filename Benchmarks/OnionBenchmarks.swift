import CSodium
import SessionWire
import SodiumKit

/// Building a request for three nodes and a destination, and peeling all four layers, against the same key exchanges,
/// hashes and ciphers called bare.
enum OnionBenchmarks {
    static var all: [Benchmark] {
        OnionCipher.allCases.flatMap { cipher in
            [1_024, 102_400].map { size in
                let name = "onion build and peel, \(cipher.rawValue), \(size) bytes"
                return Benchmark(name: name) { [try compare(name, cipher, size)] }
            }
        }
    }

    private static func compare(_ name: String, _ cipher: OnionCipher, _ size: Int) throws -> Row {
        let keys = try (0..<4).map { _ in try NodeKeys() }
        let nodes = keys.map(\.node)
        let payload = SystemRandom().bytes(size)
        let random = SystemRandom()
        let bare = BareOnion(keys: keys, cipher: cipher, sizes: try layerSizes(payload, nodes, cipher))
        let stopwatch = Stopwatch(repetitions: size > 10_000 ? 10 : 25)
        let result = try stopwatch.compare {
            let request = try OnionRequest.build(
                payload, path: Array(nodes[..<3]), destination: .node(nodes[3]), cipher: cipher, random: random)
            guard try peel(request, keys).count == size else { throw BenchmarkError.wrongResult }
        } yardstick: {
            try bare.run()
        }
        return .speed(name, ours: result.ours, yardstick: result.yardstick, atLeast: 0.8)
    }

    private static func peel(_ request: OnionRequest, _ keys: [NodeKeys]) throws -> [UInt8] {
        var entry = try OnionLayer.parseEntry(request.body)
        for key in keys {
            switch try OnionLayer.peel(entry, secret: key.x25519) {
            case .relay(_, let body, let ephemeralKey, let cipher):
                entry = OnionEntry(blob: body, ephemeralKey: ephemeralKey, cipher: cipher)
            case .final(let body, _, _, _): return body
            case .server, .invalid: throw BenchmarkError.wrongResult
            }
        }
        throw BenchmarkError.wrongResult
    }

    /// Plaintext bytes of each layer, the destination's first.
    private static func layerSizes(
        _ payload: [UInt8], _ nodes: [ServiceNode], _ cipher: OnionCipher
    ) throws -> [Int] {
        let final = #"{"headers":{}}"#.utf8.count + 4
        let relay =
            4 + 2 * 64 + #"{"destination":"","ephemeral_key":""}"#.utf8.count
            + (cipher == .aesGCM ? 0 : #","enc_type":"xchacha20""#.utf8.count)
        var sizes = [payload.count + final]
        for _ in 0..<3 { sizes.append((sizes.last ?? 0) + cipher.overhead + relay) }
        return sizes
    }
}

enum BenchmarkError: Error { case wrongResult }

/// A node of which we know all.
struct NodeKeys {
    let node: ServiceNode
    let x25519: X25519.KeyPair

    init() throws {
        let signing = Ed25519.KeyPair.generate()
        guard let secret = Ed25519.x25519(secretKey: signing.secretKey) else { throw BenchmarkError.wrongResult }
        x25519 = X25519.KeyPair(secret: secret)
        guard
            let node = ServiceNode(
                ed25519: signing.publicKey, x25519: x25519.publicKey, address: IPv4Address(rawValue: 0x0102_0304),
                port: 1)
        else { throw BenchmarkError.wrongResult }
        self.node = node
    }
}
