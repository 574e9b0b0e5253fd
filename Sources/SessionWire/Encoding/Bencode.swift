/// A bencoded value. `unsigned` holds only integers above `Int64.max`, which the network allows.
/// - Source: BEP 3; the canonical form of oxen-encoding (sorted keys, no leading zeros)
public enum BTValue: Hashable, Sendable {
    case int(Int64)
    case unsigned(UInt64)
    case bytes([UInt8])
    case list([BTValue])
    /// Keys are bytes: some dictionaries of the network are keyed by raw account keys.
    case dict([[UInt8]: BTValue])

    public static func text(_ text: String) -> BTValue { .bytes(Array(text.utf8)) }
    public static func number(_ value: UInt64) -> BTValue {
        Int64(exactly: value).map(BTValue.int) ?? .unsigned(value)
    }

    public subscript(key: String) -> BTValue? { dictValue?[Array(key.utf8)] }
    public var int64Value: Int64? { if case .int(let value) = self { value } else { nil } }
    public var uint64Value: UInt64? {
        switch self {
        case .int(let value): UInt64(exactly: value)
        case .unsigned(let value): value
        default: nil
        }
    }
    public var bytesValue: [UInt8]? { if case .bytes(let value) = self { value } else { nil } }
    /// The bytes as text; `nil` when they are not UTF-8.
    public var textValue: String? { bytesValue.flatMap { String(validating: $0, as: UTF8.self) } }
    public var listValue: [BTValue]? { if case .list(let value) = self { value } else { nil } }
    public var dictValue: [[UInt8]: BTValue]? { if case .dict(let value) = self { value } else { nil } }

    /// The canonical encoding.
    public func encoded() -> [UInt8] {
        var output: [UInt8] = []
        write(to: &output)
        return output
    }

    private func write(to output: inout [UInt8]) {
        switch self {
        case .int(let value): output.append(contentsOf: "i\(value)e".utf8)
        case .unsigned(let value): output.append(contentsOf: "i\(value)e".utf8)
        case .bytes(let bytes): Self.write(bytes, to: &output)
        case .list(let elements):
            output.append(UInt8(ascii: "l"))
            for element in elements { element.write(to: &output) }
            output.append(UInt8(ascii: "e"))
        case .dict(let members):
            output.append(UInt8(ascii: "d"))
            for (key, value) in members.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                Self.write(key, to: &output)
                value.write(to: &output)
            }
            output.append(UInt8(ascii: "e"))
        }
    }

    static func write(_ bytes: [UInt8], to output: inout [UInt8]) {
        output.append(contentsOf: "\(bytes.count):".utf8)
        output.append(contentsOf: bytes)
    }
}

/// How much bencoded data a peer may make us hold.
public struct BencodeLimits: Sendable {
    public var bytes: Int
    public var depth: Int
    public var values: Int

    /// 10 MiB is the body limit of a service node.
    public init(bytes: Int = 10_485_760, depth: Int = 32, values: Int = 300_000) {
        (self.bytes, self.depth, self.values) = (bytes, depth, values)
    }
}

/// Why bytes are not canonical bencode that we take.
public enum BencodeError: Error, Equatable, Sendable, CustomStringConvertible {
    case tooLong(Int), tooDeep, tooManyValues, unsortedKeys
    case malformed(at: Int)

    public var description: String {
        switch self {
        case .tooLong(let count): "The bencoded data is too long (\(count) bytes)."
        case .tooDeep: "The bencoded data is nested too deeply."
        case .tooManyValues: "The bencoded data holds too many values."
        case .unsortedKeys: "The keys of a bencoded dictionary are not in order."
        case .malformed(let offset): "The bencoded data is malformed at byte \(offset)."
        }
    }
}
