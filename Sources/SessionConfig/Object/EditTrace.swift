/// What an edit changed, leaf by leaf: kept to find out later whether a merge has undone it.
public struct EditTrace: Codable, Equatable, Sendable {
    /// A scalar or a set; values as they are encoded, `nil` for none.
    struct Leaf: Codable, Equatable, Sendable {
        let path: [[UInt8]]
        let value: [UInt8]?
        /// What stood there before, on this device or as it heard it, the latest first.
        let former: [[UInt8]?]
    }

    var leaves: [Leaf]
    /// The first state that carries the edit; `nil` while others may still go into the same one.
    public var state: ConfigStateName?

    /// - Parameters:
    ///   - old: what was changed.
    ///   - config: with the change.
    public init(from old: ConfigDict, to config: SharedConfig) {
        var leaves: [Leaf] = []
        ConfigDict.compareLeaves(old, config.data) { path, value, new in
            let former = [value?.encoded] + config.former.values(at: path).filter { $0 != value?.encoded }
            leaves.append(Leaf(path: path, value: new?.encoded, former: former))
        }
        self.leaves = leaves
    }
}

extension ConfigDict {
    /// Walks through the scalars and sets that two dicts do not have in common, those of inner dicts included.
    static func compareLeaves(
        _ old: ConfigDict, _ new: ConfigDict, path: [[UInt8]] = [],
        _ body: ([[UInt8]], ConfigValue?, ConfigValue?) -> Void
    ) {
        compare(old, new) { key, former, value in
            let path = path + [Array(key)]
            if former?.dict != nil || value?.dict != nil {
                compareLeaves(former?.dict ?? [:], value?.dict ?? [:], path: path, body)
            } else {
                body(path, former, value)
            }
        }
    }

    /// What stands at the end of `path`, as it is encoded.
    func leaf(at path: [[UInt8]]) -> [UInt8]? {
        guard let key = path.first, let value = value(key) else { return nil }
        return path.count == 1 ? value.encoded : value.dict?.leaf(at: Array(path.dropFirst()))
    }
}

extension ConfigValue {
    var encoded: [UInt8] {
        var writer = ConfigWriter()
        switch self {
        case .scalar(let scalar): writer.scalar(scalar)
        case .set(let set): writer.set(set)
        case .dict(let dict): dict.write(to: &writer)
        }
        return writer.bytes
    }
}
