import SessionWire

/// What stood in a config before, and what other devices said that did not come through: kept for some generations, to
/// tell a value that a merge brought back from one that somebody wrote.
///
/// Only what people change one by one is remembered. A change of very much at once, the first state of all included, is
/// nothing that a merge could bring back leaf by leaf.
struct FormerLeaves: Equatable, Sendable {
    private struct Place: Equatable, Sendable {
        /// The latest first, as they are encoded; `nil` for none.
        var values: [[UInt8]?]
        /// Of the state that last changed it.
        var sequence: Int64
    }

    private static let valueLimit = 8
    private static let placeLimit = 256
    /// Longer ones nobody types.
    private static let lengthLimit = 512

    private var places: [[[UInt8]]: Place] = [:]

    init() {}

    var isEmpty: Bool { places.isEmpty }

    func values(at path: [[UInt8]]) -> [[UInt8]?] { places[path]?.values ?? [] }

    /// - Parameters:
    ///   - other: what stood there, or what somebody said.
    ///   - present: what stands there now.
    ///   - sequence: of the present state.
    mutating func note(_ other: ConfigDict, against present: ConfigDict, at sequence: Int64) {
        guard !other.isEmpty else { return }
        var changes: [(path: [[UInt8]], value: [UInt8]?)] = []
        ConfigDict.compareLeaves(other, present) { path, value, _ in
            if changes.count <= Self.placeLimit { changes.append((path, value?.encoded)) }
        }
        guard !changes.isEmpty, changes.count <= Self.placeLimit else { return }
        for (path, value) in changes where value.map({ $0.count <= Self.lengthLimit }) ?? true {
            let values = [value] + self.values(at: path).filter { $0 != value }
            places[path] = Place(values: Array(values.prefix(Self.valueLimit)), sequence: sequence)
        }
        places = places.filter { $0.value.sequence > sequence - 2 * ConfigMessage.lag }
        guard places.count > Self.placeLimit else { return }
        let oldest = places.sorted { $0.value.sequence < $1.value.sequence }
        for (path, _) in oldest.prefix(places.count - Self.placeLimit) { places[path] = nil }
    }
}

extension FormerLeaves {
    var bencoded: BTValue {
        .list(
            places.sorted { $0.key.lexicographicallyPrecedes($1.key) { $0.lexicographicallyPrecedes($1) } }.map {
                path, place in
                .list([
                    .list(path.map(BTValue.bytes)), .int(place.sequence),
                    .list(place.values.map { $0.map(BTValue.bytes) ?? .list([]) }),
                ])
            })
    }

    init(_ value: BTValue) {
        for place in value.listValue ?? [] {
            guard let fields = place.listValue, fields.count == 3, let path = fields[0].listValue,
                let sequence = fields[1].int64Value, let values = fields[2].listValue
            else { continue }
            places[path.compactMap(\.bytesValue)] = Place(values: values.map(\.bytesValue), sequence: sequence)
        }
    }
}
