/// How the network layer is doing, as a value to show.
public struct NetworkStatus: Equatable, Sendable {
    public enum Phase: Equatable, Sendable {
        /// The machine has no connection, or the network was stopped.
        case offline
        /// Looking for nodes, paths or the time.
        case connecting
        /// At least one path stands and the time is known.
        case ready
    }

    public var phase: Phase
    /// Onion paths that can be used.
    public var readyPaths: Int
    /// Known service nodes.
    public var poolSize: Int
    /// Network time minus the machine's clock; `nil` until it was measured.
    public var clockOffset: Duration?
    /// The last thing that went wrong; `nil` after something went right.
    public var lastError: NetworkError?

    public init(
        phase: Phase = .offline, readyPaths: Int = 0, poolSize: Int = 0, clockOffset: Duration? = nil,
        lastError: NetworkError? = nil
    ) {
        self.phase = phase
        self.readyPaths = readyPaths
        self.poolSize = poolSize
        self.clockOffset = clockOffset
        self.lastError = lastError
    }
}
