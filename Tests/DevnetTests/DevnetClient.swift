import BaseKit
import Devnet
import SessionWire
import ShallotTestSupport
import SodiumKit

/// A small client of the devnet: real sockets, real TLS, real onion layers, nothing of the messenger.
struct DevnetClient {
    let devnet: Devnet
    var cipher = OnionCipher.aesGCM

    /// Only a hanging test gets so far.
    static let patience = Duration.seconds(120)

    enum Failure: Error, Equatable { case plain(Int, String) }

    /// Starts a small network of its own for a test.
    static func start(_ change: (inout DevnetOptions) -> Void = { _ in }) async throws -> DevnetClient {
        var options = DevnetOptions.alone()
        options.nodeCount = 12
        options.hopTimeout = .milliseconds(200)
        options.peerTimeout = .milliseconds(50)
        change(&options)
        let devnet = Devnet(options)
        try await devnet.start()
        return DevnetClient(devnet: devnet)
    }

    /// Asks a node over a path of three others; the devnet's answer as it comes out of the entry node.
    func post(
        _ body: [UInt8], to destination: OnionDestination, path: [Int]
    ) async throws -> (OneRequest.Answer, OnionReplyKey) {
        var nodes: [ServiceNode] = []
        for index in path { nodes.append(try await devnet.serviceNode(index)) }
        let request = try OnionRequest.build(
            body, path: nodes, destination: destination, cipher: cipher, random: SystemRandom())
        let answer = try await OneRequest(
            host: nodes[0].address.description, port: Int(nodes[0].port), target: "/onion_req/v2", body: request.body,
            security: .unverified, timeout: Self.patience
        ).send()
        return (answer, request.replyKey)
    }

    /// The inner answer of a node to a storage request, over a path that avoids the node.
    func ask(_ node: Int, _ method: String, _ parameters: JSONValue = [:], path: [Int]? = nil) async throws -> Reply {
        try await ask(node, body: ["method": .string(method), "params": parameters], path: path)
    }

    func ask(_ node: Int, _ request: StorageRequest) async throws -> Reply {
        try await ask(node, body: request.document, path: nil)
    }

    private func ask(_ node: Int, body: JSONValue, path: [Int]?) async throws -> Reply {
        let count = await devnet.serviceNodes.count
        let hops = path ?? Array((0..<count).filter { $0 != node }.shuffled().prefix(3))
        let (answer, key) = try await post(
            body.encoded(), to: .node(try await devnet.serviceNode(node)), path: hops)
        guard answer.status == 200 else { throw Failure.plain(answer.status, answer.text) }
        let reply = try key.openNodeReply(answer.body)
        return Reply(status: reply.status, body: reply.body)
    }

    struct Reply {
        let status: Int
        let body: [UInt8]
        var text: String { String(decoding: body, as: UTF8.self) }
        var json: JSONValue { (try? JSONValue.parse(body)) ?? .null }
    }

    /// The HTTPS surface of a node, without onion layers.
    func direct(
        _ node: Int, _ target: String, method: String = "POST", body: [UInt8] = [], headers: [String: String] = [:]
    ) async throws -> OneRequest.Answer {
        let node = try await devnet.serviceNode(node)
        var request = OneRequest(
            host: node.address.description, port: Int(node.port), target: target, body: body, security: .unverified,
            timeout: Self.patience)
        request.method = method
        request.headers = headers
        return try await request.send()
    }
}

/// Requests as an account signs them.
struct Person {
    let keys = AccountKeys.generate()
    var id: AccountID { keys.accountID }

    func signed(_ text: String, _ fields: [String: JSONValue]) -> JSONValue {
        var fields = fields
        fields["pubkey"] = .string(id.description)
        fields["pubkey_ed25519"] = .string(keys.ed25519PublicKey.hex)
        fields["signature"] = .string(keys.sign(Array(text.utf8)).base64)
        return .object(fields)
    }

    func store(_ data: [UInt8], namespace: Int = 0, at time: Int64, ttl: Int64 = 86_400_000) -> JSONValue {
        let fields: [String: JSONValue] = [
            "namespace": .int(Int64(namespace)), "timestamp": .int(time), "ttl": .int(ttl),
            "data": .string(data.base64),
        ]
        return signed("store\(namespace == 0 ? "" : String(namespace))\(time)", fields)
    }

    func retrieve(
        namespace: Int = 0, last: String = "", at time: Int64, more: [String: JSONValue] = [:]
    ) -> JSONValue {
        var fields = more
        fields["namespace"] = .int(Int64(namespace))
        fields["last_hash"] = .string(last)
        fields["timestamp"] = .int(time)
        return signed("retrieve\(namespace == 0 ? "" : String(namespace))\(time)", fields)
    }
}
