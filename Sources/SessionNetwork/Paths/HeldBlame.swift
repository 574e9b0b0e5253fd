import SessionWire

/// Strikes that wait for evidence. While nothing at all can be reached, the fault is most likely on our side; only when
/// something else worked afterwards do the nodes have to answer for it. Otherwise an hour without a cable would empty
/// the pool.
struct HeldBlame: Sendable {
    /// Further strikes are forgotten.
    static let maximum = 64
    /// After this, a success says nothing about the failure any more.
    static let lifetime = Duration.seconds(60)

    private var held: [(node: ServiceNodeID, at: ContinuousClock.Instant)] = []
    private(set) var lastContact: ContinuousClock.Instant?

    init() {}

    /// The strikes to apply now, if any machine answered since `start`; they are held back otherwise.
    mutating func judge(
        _ nodes: [ServiceNodeID], since start: ContinuousClock.Instant, at now: ContinuousClock.Instant
    ) -> [ServiceNodeID] {
        if let lastContact, lastContact >= start { return nodes }
        held.append(contentsOf: nodes.map { ($0, now) })
        if held.count > Self.maximum { held.removeFirst(held.count - Self.maximum) }
        return []
    }

    /// Some machine answered: gives the strikes that have waited for it.
    mutating func contact(at now: ContinuousClock.Instant) -> [ServiceNodeID] {
        lastContact = now
        defer { held = [] }
        return held.filter { now - $0.at < Self.lifetime }.map(\.node)
    }
}
