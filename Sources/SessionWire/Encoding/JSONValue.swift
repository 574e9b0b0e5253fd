/// A JSON document as a value. Integers stay exact over the whole range of `Int64` and `UInt64`, which the network
/// uses for swarm ids and times; `unsigned` holds only what does not fit `Int64`, so equal numbers compare equal.
/// - Source: RFC 8259
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case unsigned(UInt64)
    case double(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The exact integer, in the smallest case that holds it.
    public static func integer(_ value: some BinaryInteger) -> JSONValue? {
        if let small = Int64(exactly: value) { return .int(small) }
        return UInt64(exactly: value).map(JSONValue.unsigned)
    }

    /// A non-negative integer, for example a time in milliseconds.
    public static func number(_ value: UInt64) -> JSONValue {
        Int64(exactly: value).map(JSONValue.int) ?? .unsigned(value)
    }
}

extension JSONValue {
    /// The member of an object; `nil` when it is absent or this is no object. A member that is `null` is returned.
    public subscript(key: String) -> JSONValue? { objectValue?[key] }

    public var isNull: Bool { self == .null }
    public var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }
    public var stringValue: String? { if case .string(let value) = self { value } else { nil } }
    public var arrayValue: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
    public var objectValue: [String: JSONValue]? { if case .object(let value) = self { value } else { nil } }

    /// The value if it is an integer that fits; a fraction is never rounded.
    public var int64Value: Int64? { if case .int(let value) = self { value } else { nil } }
    public var intValue: Int? { int64Value.flatMap(Int.init(exactly:)) }
    public var uint64Value: UInt64? {
        switch self {
        case .int(let value): UInt64(exactly: value)
        case .unsigned(let value): value
        default: nil
        }
    }

    /// Any number, possibly rounded.
    public var doubleValue: Double? {
        switch self {
        case .int(let value): Double(value)
        case .unsigned(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .int(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(nilLiteral: ()) { self = .null }
    /// Of two equal keys the last one counts.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements) { _, last in last })
    }
}
