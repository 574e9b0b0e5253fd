import Foundation
public import SessionWire

/// Numbers that decide how the network layer behaves. The defaults are the product's; tests shorten the intervals.
/// - Source: network.md §1.4, §1.6, §3.1, §3.7
public struct NetworkOptions: Sendable {
    /// Onion paths kept at the same time.
    public var pathCount = 2
    /// Nodes of a path before the destination.
    public var hopCount = 3
    /// Of each onion layer.
    public var cipher = OnionCipher.aesGCM
    /// Until a connection to an entry node or a seed stands.
    public var connectTimeout = Duration.seconds(5)
    /// For one request through one path.
    public var requestTimeout = Duration.seconds(10)
    /// For one question to a seed.
    public var seedTimeout = Duration.seconds(5)
    /// For an `info` that tests a node or asks for the time.
    public var probeTimeout = Duration.seconds(8)
    /// Non-entry hops of a path in use are replaced after this.
    public var pathLifetime = Duration.seconds(600)
    /// The list of nodes is refreshed when it is older.
    public var poolLifetime = Duration.seconds(7_200)
    /// Between two attempts to refresh the list.
    public var poolRetry = Duration.seconds(60)
    /// Fewer nodes than this are no network.
    public var minimumPool = 12
    /// The time is asked again when the last answer is older and the machine woke up or came back to a network.
    public var clockLifetime = Duration.seconds(600)
    /// Strikes and failures at which a node or path is dropped.
    public var strikeLimit = 3
    /// After this, an entry node that could not be reached may be tried again.
    public var entryRetry = Duration.seconds(30)
    /// Before another member is asked when a swarm node says that it is too busy.
    public var busyPause = Duration.seconds(1)
    /// Before a message that less than half of a swarm has confirmed is stored there again, once for each pause.
    /// - Source: network.md §4.4
    public var confirmationPauses: [Duration] = [.seconds(10), .seconds(60), .seconds(300), .seconds(1_800)]
    /// Whether two nodes of one path, and the entry nodes, must be in distinct /24 networks.
    public var separatesSubnets = true
    /// Connections without work are closed after this.
    public var idleConnectionTimeout = Duration.seconds(30)
    /// Replies to onion requests beyond this are refused; a full `retrieve` fits.
    public var maximumReply = 12 << 20

    /// The machine's clock in Unix milliseconds. Only compared with the network's, never trusted.
    public var systemTime: @Sendable () -> UInt64 = { UInt64(max(0, Date().timeIntervalSince1970) * 1_000) }

    public init() {}
}
