import SessionWire

/// The members of a JSON object.
typealias Fields = [String: JSONValue]

/// A refusal, as status and plain text.
struct RPCFailure: Error, Equatable {
    let status: Int
    let text: String

    init(_ status: Int, _ text: String) {
        self.status = status
        self.text = text
    }

    /// A parameter is missing or wrong.
    static func invalid(_ detail: String) -> RPCFailure { RPCFailure(400, "invalid request: \(detail)") }
}

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

    init(_ failure: RPCFailure) {
        self.init(failure.status, .text(failure.text))
    }

    static func ok(_ fields: Fields) -> RPCReply { RPCReply(200, .object(fields)) }
}
