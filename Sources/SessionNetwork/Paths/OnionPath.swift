import SessionWire

/// A path in use: its nodes and how it has done so far.
struct OnionPath: Sendable, Identifiable {
    let id: UInt64
    /// Entry node first. A hop behind it may be replaced.
    var hops: [ServiceNode]
    let builtAt: ContinuousClock.Instant
    /// When the hops behind the entry node were chosen.
    var hopsChosenAt: ContinuousClock.Instant
    var failures = 0
    var roundTrip: Duration?
    /// Requests on their way.
    var inFlight = 0
    /// Whether any request came back.
    var hasWorked = false
    var lastSuccess: ContinuousClock.Instant?
    var isRotating = false

    init(id: UInt64, hops: [ServiceNode], at now: ContinuousClock.Instant) {
        self.id = id
        self.hops = hops
        builtAt = now
        hopsChosenAt = now
    }

    var entry: ServiceNode? { hops.first }

    func contains(_ node: ServiceNodeID) -> Bool { hops.contains { $0.id == node } }

    func shares(subnet: UInt32) -> Bool { hops.contains { $0.address.subnet24 == subnet } }

    mutating func succeeded(roundTrip: Duration, at now: ContinuousClock.Instant) {
        failures /= 2
        self.roundTrip = roundTrip
        hasWorked = true
        lastSuccess = now
    }

    func info(at now: ContinuousClock.Instant) -> PathInfo {
        PathInfo(
            id: id, hops: hops, age: now - builtAt, failures: failures, roundTrip: roundTrip, isInUse: inFlight > 0)
    }
}
