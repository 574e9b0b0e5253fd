/// A number or a byte string, the leaves of a config.
/// - Source: configs.md §3
public enum ConfigScalar: Hashable, Sendable {
    case int(Int64)
    case bytes([UInt8])
}

extension ConfigScalar: Comparable {
    /// Numbers first, then strings by their bytes.
    public static func < (left: ConfigScalar, right: ConfigScalar) -> Bool {
        switch (left, right) {
        case (.int(let left), .int(let right)): left < right
        case (.bytes(let left), .bytes(let right)): left.lexicographicallyPrecedes(right)
        case (.int, .bytes): true
        case (.bytes, .int): false
        }
    }
}

/// What a key of a config holds. Nothing in it is ever dropped because we do not know it.
/// - Source: configs.md §3
public enum ConfigValue: Equatable, Sendable {
    case scalar(ConfigScalar)
    case set(Set<ConfigScalar>)
    case dict(ConfigDict)

    public var scalar: ConfigScalar? { if case .scalar(let scalar) = self { scalar } else { nil } }
    public var int: Int64? { if case .scalar(.int(let value)) = self { value } else { nil } }
    public var bytes: [UInt8]? { if case .scalar(.bytes(let bytes)) = self { bytes } else { nil } }
    public var set: Set<ConfigScalar>? { if case .set(let set) = self { set } else { nil } }
    public var dict: ConfigDict? { if case .dict(let dict) = self { dict } else { nil } }

    var isEmpty: Bool {
        switch self {
        case .scalar: false
        case .set(let set): set.isEmpty
        case .dict(let dict): dict.isEmpty
        }
    }
}
