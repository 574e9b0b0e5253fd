public import SessionWire

/// One onion path, as a value to show.
public struct PathInfo: Equatable, Sendable, Identifiable {
    /// Never used again within one run.
    public let id: UInt64
    /// Entry node first; the destination is not among them.
    public let hops: [ServiceNode]
    /// Since the path was built.
    public let age: Duration
    /// Failures that have not been made up for by successes; the path is dropped at 3.
    public let failures: Int
    /// Of the latest request.
    public let roundTrip: Duration?
    /// Whether a request is on its way through it.
    public let isInUse: Bool

    public init(
        id: UInt64, hops: [ServiceNode], age: Duration, failures: Int, roundTrip: Duration?, isInUse: Bool
    ) {
        self.id = id
        self.hops = hops
        self.age = age
        self.failures = failures
        self.roundTrip = roundTrip
        self.isInUse = isInUse
    }
}
