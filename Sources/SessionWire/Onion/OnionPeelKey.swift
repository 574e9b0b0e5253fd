public import BaseKit

/// Seals the answer to a request that was peeled.
/// - Source: network.md §3.5
public struct OnionPeelKey: Sendable {
    package let layer: OnionLayerKey

    public var cipher: OnionCipher { layer.cipher }

    /// The answer of a node whose body is a text.
    /// - Parameters:
    ///   - base64: as the request asked for; bytes of base64 text, otherwise raw.
    ///   - random: draws the nonce.
    public func sealNodeReply(
        status: Int, body: String, json: Bool = false, base64: Bool = true, random: any RandomSource
    ) throws(OnionError) -> [UInt8] {
        try sealNodeReply(status: status, value: .string(body), base64: base64, random: random)
    }

    /// The answer of a node whose body is JSON: as a text of JSON inside the JSON, unless the request asked for `json`.
    public func sealNodeReply(
        status: Int, body: JSONValue, json: Bool = false, base64: Bool = true, random: any RandomSource
    ) throws(OnionError) -> [UInt8] {
        try sealNodeReply(
            status: status, value: json ? body : .string(body.encodedText()), base64: base64, random: random)
    }

    /// Seals bytes as they are: a version 4 reply, or garbage in a test of the client.
    public func seal(_ plaintext: [UInt8], random: any RandomSource) throws(OnionError) -> [UInt8] {
        try layer.seal(plaintext, nonce: random.bytes(layer.cipher.nonceSize))
    }

    /// The answer of a version 4 server: never base64.
    public func sealServerReply(_ reply: V4Reply, random: any RandomSource) throws(OnionError) -> [UInt8] {
        try seal(reply.encoded(), random: random)
    }

    private func sealNodeReply(
        status: Int, value: JSONValue, base64: Bool, random: any RandomSource
    ) throws(OnionError) -> [UInt8] {
        let reply: JSONValue = ["body": value, "status": .int(Int64(status))]
        let sealed = try seal(reply.encoded(), random: random)
        return base64 ? Array(sealed.base64.utf8) : sealed
    }
}
