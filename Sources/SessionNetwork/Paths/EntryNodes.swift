import SessionWire

/// The nodes that this machine talks to directly. Chosen once and kept, since each of them learns our address: the fewer
/// there ever are, the better.
/// - Source: network.md §3.1
struct EntryNodes: Equatable, Sendable {
    /// Entry nodes that are remembered, the preferred first. More than are in use, so that one that rests is taken again.
    static let maximumKept = 4

    private(set) var ids: [ServiceNodeID] = []
    private var restsUntil: [ServiceNodeID: ContinuousClock.Instant] = [:]

    init() {}

    /// Remembers a node that has proved to work.
    mutating func keep(_ id: ServiceNodeID) {
        guard !ids.contains(id) else { return }
        if ids.count == Self.maximumKept { ids.removeLast() }
        ids.append(id)
    }

    mutating func forget(_ id: ServiceNodeID) { ids.removeAll { $0 == id } }

    mutating func forgetAll() { ids = [] }

    /// The node could not be reached: others are preferred for a while.
    mutating func rest(_ id: ServiceNodeID, until instant: ContinuousClock.Instant) { restsUntil[id] = instant }

    mutating func wake(_ id: ServiceNodeID) { restsUntil[id] = nil }
    mutating func wakeAll() { restsUntil = [:] }

    /// Whether it has not failed since it last worked.
    func isProven(_ id: ServiceNodeID) -> Bool { restsUntil[id] == nil }

    func isResting(_ id: ServiceNodeID, at now: ContinuousClock.Instant) -> Bool {
        restsUntil[id].map { now < $0 } ?? false
    }

    func encoded() -> [UInt8] { ids.flatMap(\.bytes) }

    init?(encoded bytes: [UInt8]) {
        guard bytes.count % 32 == 0, bytes.count <= 32 * Self.maximumKept else { return nil }
        ids = stride(from: 0, to: bytes.count, by: 32).compactMap { ServiceNodeID(Array(bytes[$0..<$0 + 32])) }
    }
}
