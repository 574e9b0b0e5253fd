/// A request to a version 4 server, as the server reads it after decryption: `l<len>:<json>[<len>:<body>]e`.
/// - Source: network.md §3.5
public struct V4Request: Hashable, Sendable {
    public var method: String
    /// Path and query, starting with `/`.
    public var endpoint: String
    public var headers: [String: String]
    public var body: [UInt8]?

    /// A slash is put in front of the endpoint if it has none; a body without a content type is called JSON.
    public init(method: String, endpoint: String, headers: [String: String] = [:], body: [UInt8]? = nil) {
        self.method = method
        self.endpoint = endpoint.hasPrefix("/") ? endpoint : "/" + endpoint
        self.headers = headers
        self.body = body
        if body != nil, !headers.keys.contains(where: { $0.lowercased() == "content-type" }) {
            self.headers["Content-Type"] = "application/json"
        }
    }

    public func encoded(_ dialect: OnionDialect = .compact) -> [UInt8] {
        let headers = JSONValue.object(headers.mapValues(JSONValue.string))
        let head: [UInt8]
        switch dialect {
        case .compact:
            var text = Array(#"{"method":"#.utf8)
            JSONValue.write(method, to: &text)
            text.append(contentsOf: #","endpoint":"#.utf8)
            JSONValue.write(endpoint, to: &text)
            text.append(contentsOf: #","headers":"#.utf8)
            text.append(contentsOf: headers.encoded())
            text.append(UInt8(ascii: "}"))
            head = text
        case .libsession:
            let fields: JSONValue = [
                "method": .string(method), "endpoint": .string(endpoint), "headers": headers,
            ]
            head = fields.encoded()
        }
        return V4List.encode(head, body)
    }

    /// Reads what a client sent, on the server's side.
    /// - Throws: `.malformedControl`; the server then answers 400 `Invalid v4 onion request`.
    public static func parse(_ bytes: [UInt8]) throws(OnionError) -> V4Request {
        guard let (head, body) = V4List.parse(bytes), let fields = (try? JSONValue.parse(head))?.objectValue,
            let method = fields["method"]?.stringValue, let endpoint = fields["endpoint"]?.stringValue,
            endpoint.hasPrefix("/")
        else { throw .malformedControl("not a version 4 request") }
        var request = V4Request(method: method, endpoint: endpoint)
        request.headers = (fields["headers"]?.objectValue ?? [:]).compactMapValues(\.stringValue)
        request.body = body
        return request
    }
}
