import BaseKit
import SessionWire

/// The members of a JSON object.
typealias Fields = [String: JSONValue]

/// What a storage request is answered with.
struct RPCReply: Sendable {
    enum Body: Sendable {
        case text(String)
        case object(Fields)
        /// Not JSON: raw in direct HTTPS, a base64 string in onion replies and batches.
        case binary([UInt8])
    }

    var status: Int
    var body: Body

    init(_ status: Int, _ body: Body) {
        self.status = status
        self.body = body
    }

    init(_ refusal: StorageRefusal) {
        self.init(refusal.status, .text(refusal.text))
    }

    static func ok(_ fields: Fields) -> RPCReply { RPCReply(200, .object(fields)) }

    /// The body as it stands inside onion replies and batches.
    var embedded: JSONValue {
        switch body {
        case .text(let text): .string(text)
        case .object(let fields): .object(fields)
        case .binary(let bytes): .string(bytes.base64)
        }
    }
}
