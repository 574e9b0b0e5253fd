import SessionWire

/// A number or a byte string, the leaves of a config.
/// - Source: configs.md §3
public enum ConfigScalar: Hashable, Sendable {
    case int(Int64)
    case bytes([UInt8])

    var bencoded: BTValue {
        switch self {
        case .int(let value): .int(value)
        case .bytes(let bytes): .bytes(bytes)
        }
    }

    init?(_ value: BTValue) {
        switch value {
        case .int(let value): self = .int(value)
        case .bytes(let bytes): self = .bytes(bytes)
        default: return nil
        }
    }
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
public enum ConfigValue: Hashable, Sendable {
    case scalar(ConfigScalar)
    case set(Set<ConfigScalar>)
    case dict(ConfigDict)

    /// Keys are bytes: many are raw account keys.
    public typealias ConfigDict = [[UInt8]: ConfigValue]

    public var scalar: ConfigScalar? { if case .scalar(let scalar) = self { scalar } else { nil } }
    public var int: Int64? { if case .scalar(.int(let value)) = self { value } else { nil } }
    public var bytes: [UInt8]? { if case .scalar(.bytes(let bytes)) = self { bytes } else { nil } }
    public var set: Set<ConfigScalar>? { if case .set(let set) = self { set } else { nil } }
    public var dict: ConfigDict? { if case .dict(let dict) = self { dict } else { nil } }

    var bencoded: BTValue {
        switch self {
        case .scalar(let scalar): scalar.bencoded
        case .set(let set): .list(set.sorted().map(\.bencoded))
        case .dict(let dict): .dict(dict.mapValues(\.bencoded))
        }
    }
}

public typealias ConfigDict = ConfigValue.ConfigDict

extension ConfigDict {
    var bencoded: BTValue { .dict(mapValues(\.bencoded)) }

    /// The same without empty sets and dicts, which do not exist in a message.
    /// - Source: configs.md §3
    var pruned: ConfigDict {
        var pruned = self
        for (key, value) in self {
            switch value {
            case .scalar: break
            case .set(let set): if set.isEmpty { pruned[key] = nil }
            case .dict(let dict):
                let inner = dict.pruned
                if inner.isEmpty {
                    pruned[key] = nil
                } else if inner.count != dict.count || inner != dict {
                    pruned[key] = .dict(inner)
                }
            }
        }
        return pruned
    }

    /// Reads the data of a message strictly.
    /// - Source: configs.md §4.2
    init(strict value: BTValue) throws(ConfigError) {
        guard let members = value.dictValue else { throw .malformed }
        var dict: ConfigDict = [:]
        dict.reserveCapacity(members.count)
        for (key, member) in members {
            switch member {
            case .int, .bytes, .unsigned:
                guard let scalar = ConfigScalar(member) else { throw .malformed }
                dict[key] = .scalar(scalar)
            case .list(let elements):
                let scalars = elements.compactMap(ConfigScalar.init)
                guard !elements.isEmpty, scalars.count == elements.count,
                    zip(scalars, scalars.dropFirst()).allSatisfy({ $0 < $1 })
                else { throw .malformed }
                dict[key] = .set(Set(scalars))
            case .dict(let inner):
                guard !inner.isEmpty else { throw .malformed }
                dict[key] = .dict(try ConfigDict(strict: member))
            }
        }
        self = dict
    }
}

/// Why bytes are no config that we take, or why a change is not made.
public enum ConfigError: Error, Hashable, Sendable, CustomStringConvertible {
    case malformed
    /// Made by a later version in a way that this one must not touch.
    case newerFormat
    case badSignature
    case undecryptable
    case tooLong(Int)
    /// The signing key of a group is missing.
    case readOnly
    case nameTooLong
    case badID
    case badPicture
    case badCommunity

    public var description: String {
        switch self {
        case .malformed: "The config message is damaged."
        case .newerFormat: "The config message was written by a later version."
        case .badSignature: "The config message is not signed by its group."
        case .undecryptable: "The config message cannot be decrypted with the keys at hand."
        case .tooLong(let count): "The config would become too long (\(count) bytes)."
        case .readOnly: "Only an admin of the group can change this."
        case .nameTooLong: "The name is longer than 100 bytes."
        case .badID: "This is not an ID of the right kind."
        case .badPicture: "The address or the key of the picture has a wrong length."
        case .badCommunity: "The address of the community cannot be read."
        }
    }
}
