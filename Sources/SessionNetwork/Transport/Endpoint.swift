/// A server that HTTP requests go to, and how it proves to be the right one.
public struct Endpoint: Hashable, Sendable {
    public enum Security: Hashable, Sendable {
        /// Plain HTTP.
        case none
        /// TLS to whoever answers. For service nodes: what they relay is sealed and signed by itself.
        /// - Source: network.md §1.1, §3.6
        case unverified
        /// TLS to the holder of exactly this certificate (SHA-256 of its DER form), which must name the host.
        case pinned(certificateSHA256: [UInt8])
    }

    /// Host name or IPv4 address.
    public let host: String
    public let port: UInt16
    public let security: Security

    public init(host: String, port: UInt16, security: Security) {
        self.host = host
        self.port = port
        self.security = security
    }
}
