/// How requests reach servers. A struct of closures, so that a proxy or another protocol can take its place.
public struct HTTPTransport: Sendable {
    /// Sends one request and waits for the whole reply. Cancelling the task ends the request at once.
    public var send: @Sendable (HTTPCall) async throws(TransportError) -> HTTPReply
    /// Closes connections that are not in use, for example when the machine changes networks.
    public var closeIdleConnections: @Sendable () async -> Void
    /// Closes everything; later calls fail with `.closed`.
    public var shutDown: @Sendable () async -> Void

    public init(
        send: @escaping @Sendable (HTTPCall) async throws(TransportError) -> HTTPReply,
        closeIdleConnections: @escaping @Sendable () async -> Void = {},
        shutDown: @escaping @Sendable () async -> Void = {}
    ) {
        self.send = send
        self.closeIdleConnections = closeIdleConnections
        self.shutDown = shutDown
    }
}

/// One HTTP request.
public struct HTTPCall: Sendable {
    public enum Method: String, Sendable { case get = "GET", post = "POST" }

    public var endpoint: Endpoint
    public var method: Method
    /// Path and query, starting with `/`.
    public var path: String
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    /// Until a connection stands, TLS included.
    public var connectTimeout: Duration
    /// For everything together.
    public var timeout: Duration
    /// Longer replies fail with `.tooLarge` before they are stored.
    public var maximumReply: Int

    public init(
        _ method: Method, _ endpoint: Endpoint, path: String, headers: [(name: String, value: String)] = [],
        body: [UInt8] = [], connectTimeout: Duration = .seconds(5), timeout: Duration = .seconds(10),
        maximumReply: Int
    ) {
        self.endpoint = endpoint
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
        self.connectTimeout = connectTimeout
        self.timeout = timeout
        self.maximumReply = maximumReply
    }
}

/// The reply to an `HTTPCall`.
public struct HTTPReply: Equatable, Sendable {
    public let status: Int
    /// Without parameters, lower case: `application/json`.
    public let contentType: String?
    public let body: [UInt8]

    public init(status: Int, contentType: String?, body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }
}

/// Why there is no reply.
public enum TransportError: Error, Equatable, Sendable, CustomStringConvertible {
    /// No connection: refused, no route, name not found, or the TLS handshake failed.
    case unreachable
    /// The certificate is not the pinned one.
    case untrusted
    /// A deadline passed. `duringConnect` tells which.
    case timedOut(duringConnect: Bool)
    /// The connection ended before the reply was whole, or what came was not HTTP.
    case brokenReply
    /// The reply is longer than the caller allows.
    case tooLarge
    /// The calling task was cancelled.
    case cancelled
    /// The transport was shut down.
    case closed

    public var description: String {
        switch self {
        case .unreachable: "The server cannot be reached."
        case .untrusted: "The server does not have the expected certificate."
        case .timedOut(true): "The connection took too long to stand."
        case .timedOut(false): "The server took too long to answer."
        case .brokenReply: "The server's answer was cut off or is not HTTP."
        case .tooLarge: "The server's answer is too large."
        case .cancelled: "The request was cancelled."
        case .closed: "The connections were closed."
        }
    }
}
