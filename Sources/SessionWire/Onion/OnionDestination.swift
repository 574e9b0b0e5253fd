/// How a server behind the network is reached by the last node of a path.
public enum OnionScheme: String, Sendable, Codable {
    case http, https

    public var defaultPort: UInt16 { self == .http ? 80 : 443 }
}

/// A server outside the network that speaks onion requests: a file server, a community.
/// - Source: network.md §3.4
public struct OnionServer: Hashable, Sendable {
    /// The path of version 4 requests.
    public static let v4Target = "/oxen/v4/lsrpc"

    public let host: String
    public let target: String
    public let `protocol`: OnionScheme
    public let port: UInt16
    /// The key the request is encrypted for, 32 bytes.
    public let x25519: [UInt8]

    /// - Parameter port: `nil` for the usual port of `protocol`.
    public init(
        host: String, target: String = v4Target, protocol: OnionScheme = .https, port: UInt16? = nil, x25519: [UInt8]
    ) {
        self.host = host
        self.target = target
        self.protocol = `protocol`
        self.port = port ?? `protocol`.defaultPort
        self.x25519 = x25519
    }

    /// Whether a node at the end of a path relays to this path of a server.
    /// - Source: network.md §3.4
    public static func isTargetAllowed(_ target: String) -> Bool {
        (target.hasPrefix("/loki/") || target.hasPrefix("/oxen/")) && target.hasSuffix("/lsrpc")
            && !target.contains("?")
    }
}

/// Who a request is for.
public enum OnionDestination: Hashable, Sendable {
    case node(ServiceNode)
    case server(OnionServer)

    var x25519: [UInt8] {
        switch self {
        case .node(let node): node.x25519
        case .server(let server): server.x25519
        }
    }
}
