import SessionWire

/// What changed between two states of a config: names without values, which stand in the message that carries it.
///
/// Kept as it was read: a part that cannot be understood spoils a merge, not the message.
/// - Source: configs.md §4.3, §5.4
struct ConfigDiff: Hashable, Sendable {
    var members: [[UInt8]: BTValue] = [:]

    private static let assigned = BTValue.bytes([])
    private static let removed = BTValue.bytes(Array("-".utf8))

    init(members: [[UInt8]: BTValue] = [:]) { self.members = members }

    /// - Parameters: both without empty sets and dicts.
    init(from old: ConfigDict, to new: ConfigDict) {
        for (key, value) in new {
            let former = old[key]
            guard former != value else { continue }
            switch value {
            case .scalar: members[key] = Self.assigned
            case .set(let set): members[key] = Self.change(from: former?.set ?? [], to: set)
            case .dict(let dict):
                members[key] = .dict(ConfigDiff(from: former?.dict ?? [:], to: dict).members)
            }
        }
        for (key, former) in old where new[key] == nil {
            switch former {
            case .scalar: members[key] = Self.removed
            case .set(let set): members[key] = Self.change(from: set, to: [])
            case .dict(let dict): members[key] = .dict(ConfigDiff(from: dict, to: [:]).members)
            }
        }
    }

    private static func change(from old: Set<ConfigScalar>, to new: Set<ConfigScalar>) -> BTValue {
        .list([
            .list(new.subtracting(old).sorted().map(\.bencoded)), .list(old.subtracting(new).sorted().map(\.bencoded)),
        ])
    }

    /// Brings the changes into `data`, with the values of `source`.
    func apply(to data: inout ConfigDict, from source: ConfigDict) throws(ConfigError) {
        for (key, change) in members.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            guard let value = source[key], Self.fits(change, value) else {
                data[key] = nil
                continue
            }
            switch (change, value) {
            case (.bytes(let word), .scalar):
                switch word {
                case []: data[key] = value
                case Array("-".utf8): data[key] = nil
                default: throw .malformed
                }
            case (.dict(let inner), .dict(let innerSource)):
                var target = data[key]?.dict ?? [:]
                data[key] = nil
                try ConfigDiff(members: inner).apply(to: &target, from: innerSource)
                data[key] = .dict(target)
            case (.list(let lists), .set):
                data[key] = .set(try Self.applied(lists, to: data[key]?.set ?? []))
            default: throw .malformed
            }
        }
    }

    /// Whether the source still holds a value of the kind that the change speaks of.
    private static func fits(_ change: BTValue, _ value: ConfigValue) -> Bool {
        switch (change, value) {
        case (.bytes, .set), (.bytes, .dict), (.list, .scalar), (.list, .dict), (.dict, .scalar), (.dict, .set): false
        default: true
        }
    }

    private static func applied(
        _ lists: [BTValue], to set: Set<ConfigScalar>
    ) throws(ConfigError) -> Set<ConfigScalar> {
        guard lists.count == 2, let added = lists[0].listValue, let removed = lists[1].listValue else {
            throw .malformed
        }
        var set = set
        for element in added {
            guard let scalar = ConfigScalar(element) else { throw .malformed }
            set.insert(scalar)
        }
        for element in removed {
            guard let scalar = ConfigScalar(element) else { throw .malformed }
            set.remove(scalar)
        }
        return set
    }
}
