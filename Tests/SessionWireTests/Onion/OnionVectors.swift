import BaseKit
import SessionWire
import ShallotTestSupport
import SodiumKit
import Testing

@Suite struct OnionVectors {
    @Test(arguments: VectorFile.cases(of: "onion"))
    func `onion layers are those of the reference`(vector: VectorCase) throws {
        switch vector.op {
        case "hop": try checkHop(vector)
        case "hop_decrypt": try checkHopDecrypt(vector)
        case "parse_request": try checkParseRequest(vector)
        case "build": try checkBuild(vector)
        case "peel": try checkPeel(vector)
        case "peel_server_v3": try checkPeelVersion3(vector)
        case "response_v3": try checkNodeReply(vector)
        case "response_v4": try checkServerReply(vector)
        case "node_dispatch": try checkDispatch(vector)
        case "target_allowed":
            #expect(try OnionServer.isTargetAllowed(vector.text("target")) == vector.bool("allowed"))
        default: Issue.record("unknown op \(vector.op)")
        }
    }

    // MARK: One layer

    private func checkHop(_ vector: VectorCase) throws {
        let cipher = try vector.cipher()
        let client = try X25519.KeyPair(secret: vector.object("client").secret("x25519_secret"))
        let node = try X25519.KeyPair(secret: vector.object("node").secret("x25519_secret"))
        #expect(try client.publicKey == vector.object("client").bytes("x25519_pubkey"))
        let theirs = try #require(X25519.sharedSecret(secret: node.secret, publicKey: client.publicKey))
        let ours = try #require(X25519.sharedSecret(secret: client.secret, publicKey: node.publicKey))
        let key = try OnionLayerKey(cipher, sharedSecret: ours, client: client.publicKey, node: node.publicKey)
        let peeling = try OnionLayerKey(cipher, sharedSecret: theirs, client: client.publicKey, node: node.publicKey)
        #expect(try key.bytes == vector.bytes("shared_key"))

        let plaintext = try vector.bytes("plaintext")
        for direction in ["request", "reply"] {
            let fields = try vector.object(direction)
            let (nonce, ciphertext) = (try fields.bytes("nonce"), try fields.bytes("ciphertext"))
            #expect(try key.seal(plaintext, nonce: nonce) == ciphertext)
            #expect(try peeling.open(ciphertext) == plaintext)
            #expect(try key.open(ciphertext) == plaintext)
        }
    }

    private func checkHopDecrypt(_ vector: VectorCase) throws {
        let node = try X25519.KeyPair(secret: vector.object("node").secret("x25519_secret"))
        let open = {
            try OnionLayer.open(
                blob: vector.bytes("ciphertext"), ephemeralKey: vector.object("client").bytes("x25519_pubkey"),
                cipher: vector.cipher(), secret: node
            ).plaintext
        }
        if vector.mustReject {
            #expect(throws: OnionError.self) { try open() }
        } else {
            #expect(try open() == vector.bytes("plaintext"))
        }
    }

    private func checkParseRequest(_ vector: VectorCase) throws {
        let node = try X25519.KeyPair(secret: vector.object("node").secret("x25519_secret"))
        let request = try vector.bytes("request")
        if vector.mustReject {
            #expect(throws: OnionError.self) { try OnionLayer.parseEntry(request) }
            return
        }
        let entry = try OnionLayer.parseEntry(request)
        #expect(try entry.ephemeralKey == vector.bytes("client_pubkey"))
        #expect(try entry.cipher == vector.cipher())
        let (plaintext, replyKey) = try OnionLayer.open(entry, secret: node)
        #expect(try plaintext == vector.bytes("payload"))
        guard vector.has("reply_ciphertext") else { return }
        let reply = try vector.bytes("reply_ciphertext")
        let sealed = try replyKey.seal(
            vector.bytes("reply_plaintext"), random: FixedRandom([vector.bytes("reply_nonce")]))
        #expect(sealed == reply)
        let client = try #require(X25519.KeyPair(secretBytes: vector.bytes("client_secret")))
        let shared = try #require(X25519.sharedSecret(secret: client.secret, publicKey: node.publicKey))
        let opening = try OnionReplyKey(
            entry.cipher, sharedSecret: shared, client: client.publicKey, node: node.publicKey)
        #expect(try opening.open(reply) == vector.bytes("reply_plaintext"))
    }

    // MARK: Whole requests

    private func checkBuild(_ vector: VectorCase) throws {
        let path = try vector.objects("path").map { try $0.node() }
        let destination: OnionDestination
        let payload: [UInt8]
        if vector.has("destination") {
            destination = .node(try vector.object("destination").node())
            payload = Array(try vector.text("payload").utf8)
        } else {
            let request = try vector.version4Request()
            payload = request.encoded(.libsession)
            #expect(try payload == vector.bytes("v4_payload"))
            #expect(try V4Request.parse(payload) == request)
            destination = .server(try vector.server())
        }
        let built = try OnionRequest.build(
            payload, path: path, destination: destination, cipher: vector.cipher(), dialect: .libsession,
            random: FixedRandom(vector.bytesList("random_draws")))
        #expect(try built.body == vector.bytes("request"))
        let replyKey = try peel(vector, payload: payload)
        try checkResponse(vector, built.replyKey, replyKey)

        // The same request as Shallot writes it opens to the same.
        let compact = try OnionRequest.build(
            payload, path: path, destination: destination, cipher: vector.cipher(), random: SystemRandom())
        let entry = try OnionLayer.parseEntry(compact.body)
        #expect(try entry.cipher == vector.cipher())
    }

    private func checkPeel(_ vector: VectorCase) throws {
        let payload = try vector.has("v4_payload") ? vector.bytes("v4_payload") : vector.bytes("final_body")
        _ = try peel(vector, payload: payload)
    }

    private func checkPeelVersion3(_ vector: VectorCase) throws {
        _ = try peel(vector, payload: Array(try vector.text("v3_payload").utf8))
    }

    /// Peels `request` with the secrets of the nodes on the path and compares every layer.
    private func peel(_ vector: VectorCase, payload: [UInt8]) throws -> OnionPeelKey {
        var entry = try OnionLayer.parseEntry(vector.bytes("request"))
        var secrets = try vector.objects("path").map { try X25519.KeyPair(secret: $0.secret("x25519_secret")) }
        if vector.has("destination") {
            secrets.append(try X25519.KeyPair(secret: vector.object("destination").secret("x25519_secret")))
        }
        for layer in try vector.objects("layers") {
            let secret = try secrets[layer.int("node")]
            #expect(try entry.ephemeralKey == layer.bytes("ephemeral_key"))
            #expect(try entry.cipher == OnionCipher(wireName: layer.text("enc_type")))
            #expect(try entry.blob.count == layer.int("ciphertext_size"))
            let (plaintext, key) = try OnionLayer.open(entry, secret: secret)
            #expect(try key.layer.bytes == layer.bytes("shared_key"))
            let (inner, control) = try OnionEnvelope.split(plaintext)
            #expect(try inner.count == layer.int("inner_size"))
            #expect(try JSONValue.parse(control) == JSONValue.parse(layer.value("control_json").json))

            switch try OnionLayer.peel(entry, secret: secret) {
            case .relay(_, let body, let ephemeralKey, let cipher):
                entry = OnionEntry(blob: body, ephemeralKey: ephemeralKey, cipher: cipher, hopNumber: 0)
            case .final(let body, let replyKey, let wantsJSON, let wantsBase64):
                #expect(try body == vector.bytes("final_body"))
                #expect(body == payload)
                #expect(!wantsJSON && wantsBase64)
                return replyKey
            case .server(let exit):
                return try openAtServer(vector, exit, payload: payload)
            case .invalid(_, let reason):
                Issue.record("the layer is refused: \(reason)")
            }
        }
        throw VectorError("the request never arrives")
    }

    private func openAtServer(_ vector: VectorCase, _ exit: OnionExit, payload: [UInt8]) throws -> OnionPeelKey {
        let control = try JSONValue.parse(vector.value("relay_json").json)
        #expect(exit.host == control["host"]?.stringValue)
        #expect(exit.target == control["target"]?.stringValue)
        #expect(exit.protocol.rawValue == control["protocol"]?.stringValue ?? "https")
        #expect(UInt64(exit.port) == control["port"]?.uint64Value ?? 443)
        #expect(try exit.posted == vector.bytes("posted_to_server"))
        let server = try X25519.KeyPair(secret: vector.object("server").secret("x25519_secret"))
        let (plaintext, replyKey) = try OnionLayer.open(OnionLayer.parseEntry(exit.posted), secret: server)
        #expect(plaintext == payload)
        return replyKey
    }

    /// Opens the recorded answer, and makes it again on the other side.
    private func checkResponse(_ vector: VectorCase, _ key: OnionReplyKey, _ peelKey: OnionPeelKey) throws {
        let response = try vector.object("response")
        let nonce = FixedRandom([try response.bytes("nonce")])
        if vector.has("destination") {
            let body = Array(try response.text("body_base64").utf8)
            let reply = try key.openNodeReply(body)
            #expect(try reply.status == response.int("status"))
            #expect(try reply.body == Array(response.text("body").utf8))
            let sealed = try peelKey.seal(Array(response.text("plaintext").utf8), random: nonce)
            #expect(Array(sealed.base64.utf8) == body)
            let ours = try peelKey.sealNodeReply(
                status: reply.status, body: response.text("body"), random: SystemRandom())
            #expect(try key.openNodeReply(ours) == reply)
        } else {
            let reply = try key.openServerReply(response.bytes("ciphertext"))
            #expect(try reply.status == response.int("status"))
            #expect(try reply.body == (response.has("body") ? response.bytes("body") : nil))
            #expect(try reply.headers == response.headers())
            #expect(try peelKey.sealServerReply(reply, random: nonce) == response.bytes("ciphertext"))
        }
    }

    // MARK: Answers

    private func checkNodeReply(_ vector: VectorCase) throws {
        let key = try vector.replyKey(node: "destination")
        let body = Array(try vector.text("response").utf8)
        if vector.mustReject {
            #expect(throws: OnionError.self) { try key.openNodeReply(body) }
            return
        }
        let reply = try key.openNodeReply(body)
        #expect(try reply.status == vector.int("status"))
        #expect(try reply.headers == vector.fields.headers())
        #expect(try reply.body == Array(vector.text("body").utf8))
    }

    private func checkServerReply(_ vector: VectorCase) throws {
        let key = try vector.replyKey(node: "server")
        let body = try vector.bytes("response")
        if vector.mustReject {
            #expect(throws: OnionError.self) { try key.openServerReply(body) }
            return
        }
        let reply = try key.openServerReply(body)
        #expect(try reply.status == vector.int("status"))
        #expect(try reply.headers == vector.fields.headers())
        #expect(try reply.body == (vector.has("body") ? vector.bytes("body") : nil))
        #expect(try V4Reply.parse(vector.bytes("plaintext")) == reply)
        #expect(try V4Reply.parse(reply.encoded()) == reply)
    }

    // MARK: What a node does

    private func checkDispatch(_ vector: VectorCase) throws {
        let (inner, control) = try OnionEnvelope.split(vector.bytes("decrypted"))
        let result = try vector.object("result")
        let kind = try result.text("kind")
        if kind == "invalid_json" {
            #expect(throws: OnionError.self) { try OnionControl.parse(control) }
            return
        }
        #expect(try inner == vector.bytes("inner"))
        let expected: OnionControl? =
            switch kind {
            case "final": .final(wantsJSON: try result.bool("json"), wantsBase64: try result.bool("base64"))
            case "server":
                .server(
                    host: try result.text("host"), target: try result.text("target"),
                    protocol: try result.text("protocol"), port: UInt16(try result.int("port")))
            case "node":
                .relay(
                    next: try #require(ServiceNodeID(result.bytes("destination"))),
                    ephemeralKey: try result.bytes("ephemeral_key"),
                    cipher: try #require(OnionCipher(wireName: result.text("enc_type"))))
            default: nil
            }
        #expect(try OnionControl.parse(control) == expected)
    }
}
