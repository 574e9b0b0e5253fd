import BaseKit

/// What a service node answered, after decryption.
public struct NodeReply: Hashable, Sendable {
    public let status: Int
    /// The text of the body, for most methods JSON. When the node put a JSON value instead of a text there, the whole
    /// decrypted document, as the reference does.
    public let body: [UInt8]
    public let headers: [String: String]

    public init(status: Int, body: [UInt8], headers: [String: String] = [:]) {
        (self.status, self.body, self.headers) = (status, body, headers)
    }
}

/// Opens the answer to one onion request.
/// - Source: network.md §3.5
public struct OnionReplyKey: Sendable {
    package let layer: OnionLayerKey
    /// Some nodes answer an XChaCha20 request with AES-GCM.
    private let fallback: OnionLayerKey?

    init(_ exchange: OnionExchange, cipher: OnionCipher) throws(OnionError) {
        layer = try exchange.key(cipher)
        fallback = cipher == .xChaCha20 ? try exchange.key(.aesGCM) : nil
    }

    /// For a layer that somebody else built, from the X25519 result of both sides.
    package init(
        _ cipher: OnionCipher, sharedSecret: [UInt8], client: [UInt8], node: [UInt8]
    ) throws(OnionError) {
        layer = try OnionLayerKey(cipher, sharedSecret: sharedSecret, client: client, node: node)
        fallback =
            cipher == .xChaCha20
            ? try OnionLayerKey(.aesGCM, sharedSecret: sharedSecret, client: client, node: node) : nil
    }

    /// Decrypts a reply without looking into it.
    package func open(_ sealed: [UInt8]) throws(OnionError) -> [UInt8] {
        if let fallback {
            if let plaintext = try? layer.open(sealed) { return plaintext }
            return try fallback.open(sealed)
        }
        return try layer.open(sealed)
    }

    /// Opens the answer of a node: base64, base64 inside `{"result":…}`, or raw bytes.
    /// - Throws: `.undecryptable` or `.malformedReply`; both mean that the path, or its last node, is not to be trusted
    ///   with this request again. `.tooLarge` above the limit of ``OnionRequest/maximumBody``.
    public func openNodeReply(_ httpBody: [UInt8]) throws(OnionError) -> NodeReply {
        // Base64 makes a reply a third longer than what a node may send.
        guard httpBody.count <= OnionRequest.maximumBody * 2 else { throw .tooLarge(httpBody.count) }
        let plaintext = try openAnyForm(httpBody)
        guard let reply = try? JSONValue.parse(plaintext), case .object(let fields) = reply else {
            throw .malformedReply("not a JSON object")
        }
        guard let status = (fields["status_code"] ?? fields["status"])?.intValue, (100...999).contains(status) else {
            throw .malformedReply("no status")
        }
        let headers = (fields["headers"]?.objectValue ?? [:]).compactMapValues(\.stringValue)
        let body: [UInt8] =
            switch fields["body"] {
            case .string(let text): Array(text.utf8)
            case nil, .null: []
            default: reply.encoded()
            }
        return NodeReply(status: status, body: body, headers: headers)
    }

    /// Opens the answer of a version 4 server: raw bytes.
    public func openServerReply(_ httpBody: [UInt8]) throws(OnionError) -> ServerReply {
        guard httpBody.count <= OnionRequest.maximumBody * 2 else { throw .tooLarge(httpBody.count) }
        return try V4Reply.parse(try open(httpBody))
    }

    private func openAnyForm(_ httpBody: [UInt8]) throws(OnionError) -> [UInt8] {
        var text = httpBody
        if httpBody.first == UInt8(ascii: "{"), let wrapped = try? JSONValue.parse(httpBody)["result"]?.stringValue {
            text = Array(wrapped.utf8)
        }
        while let last = text.last, last == 0x0a || last == 0x0d || last == 0x20 { text.removeLast() }
        if let sealed = [UInt8](base64: String(decoding: text, as: UTF8.self)), let plaintext = try? open(sealed) {
            return plaintext
        }
        return try open(httpBody)
    }
}
