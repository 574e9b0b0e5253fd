/// Everything about a network that its operator decides: where to start, where files go, which relays calls may use.
/// It is read from a JSON file; nothing of it is compiled in.
///
/// | Member | Means |
/// |---|---|
/// | `format` | 1; a higher number is refused |
/// | `name` | what people read, up to 64 characters |
/// | `seeds` | servers that hand out the list of service nodes: `url`, `certificateSHA256` (hex, of the whole leaf) |
/// | `nodes` | service nodes to ask when no seed answers: `ed25519` (hex), `address` (IPv4), `port` |
/// | `fileServer` | `url`, `x25519` (hex), optional `ed25519` (hex) |
/// | `callRelays` | STUN and TURN servers: `urls`, optional `username` and `credential` |
/// | `nameService` | `agreeingNodes`: how many nodes must give the same answer about a name |
///
/// - Source: architecture.md §2; network.md §1.1, §1.3, §6, §7.1; calls.md §6.1
public struct NetworkDefinition: Codable, Equatable, Sendable {
    /// A server that hands out the list of service nodes over JSON-RPC.
    public struct Seed: Codable, Equatable, Sendable {
        /// `https://host:port`; plain `http` only for a loopback address.
        public var url: String
        /// SHA-256 of the DER certificate that the server presents, 64 hexadecimal characters. Required for https.
        public var certificateSHA256: String?

        public init(url: String, certificateSHA256: String?) {
            self.url = url
            self.certificateSHA256 = certificateSHA256
        }
    }

    /// A service node that is known without asking anybody.
    public struct StaticNode: Codable, Equatable, Sendable {
        /// The node's Ed25519 key in hexadecimal.
        public var ed25519: String
        /// Dotted IPv4 address.
        public var address: String
        /// HTTPS port.
        public var port: UInt16

        public init(ed25519: String, address: String, port: UInt16) {
            self.ed25519 = ed25519
            self.address = address
            self.port = port
        }
    }

    /// Where encrypted attachments are kept.
    public struct FileServer: Codable, Equatable, Sendable {
        public var url: String
        /// The key that onion requests to the server are sealed with, hexadecimal.
        public var x25519: String
        /// The key that download addresses name, hexadecimal.
        public var ed25519: String?

        public init(url: String, x25519: String, ed25519: String? = nil) {
            self.url = url
            self.x25519 = x25519
            self.ed25519 = ed25519
        }
    }

    /// STUN or TURN servers that share one credential.
    public struct CallRelay: Codable, Equatable, Sendable {
        /// `stun:`, `turn:` or `turns:` addresses.
        public var urls: [String]
        public var username: String?
        public var credential: String?

        public init(urls: [String], username: String? = nil, credential: String? = nil) {
            self.urls = urls
            self.username = username
            self.credential = credential
        }
    }

    /// How names are looked up.
    public struct NameService: Codable, Equatable, Sendable {
        /// How many service nodes are asked; all must agree. 1…10.
        public var agreeingNodes: Int

        public init(agreeingNodes: Int) { self.agreeingNodes = agreeingNodes }
    }

    /// The version of the file's form that this code reads and writes.
    public static let currentFormat = 1

    public var format: Int
    public var name: String
    public var seeds: [Seed]
    public var nodes: [StaticNode]
    public var fileServer: FileServer?
    public var callRelays: [CallRelay]
    public var nameService: NameService?

    public init(
        name: String, seeds: [Seed], nodes: [StaticNode] = [], fileServer: FileServer? = nil,
        callRelays: [CallRelay] = [], nameService: NameService? = nil
    ) {
        format = Self.currentFormat
        self.name = name
        self.seeds = seeds
        self.nodes = nodes
        self.fileServer = fileServer
        self.callRelays = callRelays
        self.nameService = nameService
    }

    /// Members that may be left out: `format`, `nodes`, `fileServer`, `callRelays`, `nameService`.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        format = try members.decodeIfPresent(Int.self, forKey: .format) ?? Self.currentFormat
        name = try members.decode(String.self, forKey: .name)
        seeds = try members.decodeIfPresent([Seed].self, forKey: .seeds) ?? []
        nodes = try members.decodeIfPresent([StaticNode].self, forKey: .nodes) ?? []
        fileServer = try members.decodeIfPresent(FileServer.self, forKey: .fileServer)
        callRelays = try members.decodeIfPresent([CallRelay].self, forKey: .callRelays) ?? []
        nameService = try members.decodeIfPresent(NameService.self, forKey: .nameService)
    }
}
