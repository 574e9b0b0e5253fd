public import Foundation

/// How a devnet is laid out and how patient its nodes are.
public struct DevnetOptions: Sendable {
    /// Service nodes, 1…2000.
    public var nodeCount = 24
    /// Swarms, spread evenly over the key space; `nil` makes swarms of about six.
    public var swarmCount: Int?
    /// The HTTPS port of every node; 0 lets the system choose. A port that is taken is replaced by a free one.
    public var basePort = 0
    /// Which of the blocks of addresses is used: two devnets in different ones share no address. 0…5333.
    public var addressBlock = 0
    /// Where identities, ports, certificates and messages are kept; `nil` keeps everything in memory.
    public var stateDirectory: URL?
    /// What the network definition calls the network.
    public var name = "Devnet"
    /// How many nodes the definition names itself, for clients that find no seed.
    public var staticNodeCount = 0
    /// The version of the storage server that the nodes claim to run.
    public var version = [2, 11, 3]
    /// Hard fork and revision that replies carry as `hf`.
    public var hardFork = [19, 6]
    /// Older nodes do not know `active_nodes_bin`.
    public var offersActiveNodesBin = true
    /// How long a hop waits for the next one before it answers 504.
    public var hopTimeout = Duration.seconds(30)
    /// How long a swarm member waits for another one before it reports it as failed. The network waits 5 s.
    public var peerTimeout = Duration.milliseconds(500)
    /// How long an exit waits for a server.
    public var exitTimeout = Duration.seconds(25)
    /// How often expired messages are removed.
    public var sweepInterval = Duration.seconds(10)
    /// Direct storage requests allowed at once and per second from one address; `nil` for no limit.
    public var rateLimit: RateLimit?
    /// Revocations vanish with an account's last message, as on real nodes.
    public var revocationsNeedMessages = true
    /// Servers that an exit may contact, as `host:port`.
    public var allowedServers: Set<String> = []

    /// STUN and TURN servers that the definition names and that Echo uses; they run elsewhere.
    public var callRelays: [CallRelay] = []

    public struct CallRelay: Sendable {
        public var url: String
        public var username: String
        public var credential: String
        public init(url: String, username: String, credential: String) {
            (self.url, self.username, self.credential) = (url, username, credential)
        }
    }

    public struct RateLimit: Sendable {
        public var burst: Int
        public var perSecond: Int
        public init(burst: Int = 600, perSecond: Int = 300) { (self.burst, self.perSecond) = (burst, perSecond) }
    }

    public init() {}

    var swarms: Int { max(1, swarmCount ?? nodeCount / 6) }
}
