import Foundation

/// Any JSON value of a vector file. Whole numbers keep all their digits.
public enum VectorValue: Sendable, Equatable, Decodable {
    case null
    case bool(Bool)
    case integer(Int64)
    case unsigned(UInt64)
    case number(Double)
    case text(String)
    case list([VectorValue])
    case object([String: VectorValue])

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(UInt64.self) {
            self = .unsigned(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([VectorValue].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: VectorValue].self))
        }
    }

    /// The value as JSON text with sorted keys, for comparing it with JSON that our own code made.
    public var json: String {
        switch self {
        case .null: "null"
        case .bool(let value): String(value)
        case .integer(let value): String(value)
        case .unsigned(let value): String(value)
        case .number(let value): String(value)
        case .text(let value): Self.quote(value)
        case .list(let values): "[\(values.map(\.json).joined(separator: ","))]"
        case .object(let values):
            "{\(values.sorted { $0.key < $1.key }.map { "\(Self.quote($0.key)):\($0.value.json)" }.joined(separator: ","))}"
        }
    }

    private static func quote(_ text: String) -> String {
        let quoted = try? JSONEncoder().encode(text)
        return quoted.map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
