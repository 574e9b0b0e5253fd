import SessionWire

/// Reads bencoding as the reference does: numbers may have leading zeros, and what follows the outermost value is not
/// looked at. Keys must ascend.
/// - Source: configs.md §2
struct ConfigReader {
    /// Dicts and lists inside each other.
    static let maximumDepth = 32

    let bytes: [UInt8]
    private(set) var position: Int

    init(_ bytes: [UInt8], at position: Int = 0) { (self.bytes, self.position) = (bytes, position) }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Steps over `byte` if it comes next.
    mutating func skip(_ byte: Character) -> Bool {
        guard let ascii = byte.asciiValue, next == ascii else { return false }
        position += 1
        return true
    }

    mutating func value(depth: Int = 0) throws(ConfigError) -> BTValue {
        guard depth <= Self.maximumDepth, let next else { throw .malformed }
        switch next {
        case UInt8(ascii: "i"): return .int(try integer())
        case UInt8(ascii: "l"):
            position += 1
            var elements: [BTValue] = []
            while !skip("e") { elements.append(try value(depth: depth + 1)) }
            return .list(elements)
        case UInt8(ascii: "d"):
            position += 1
            var members: [[UInt8]: BTValue] = [:]
            var last: [UInt8]?
            while !skip("e") {
                let key = try string()
                if let last, !last.lexicographicallyPrecedes(key) { throw .malformed }
                members[key] = try value(depth: depth + 1)
                last = key
            }
            return .dict(members)
        default: return .bytes(try string())
        }
    }

    /// A value as it stands, for keys of later versions.
    mutating func rawValue() throws(ConfigError) -> [UInt8] {
        let start = position
        _ = try value()
        return Array(bytes[start..<position])
    }

    mutating func integer() throws(ConfigError) -> Int64 {
        guard skip("i") else { throw .malformed }
        let isNegative = skip("-")
        let magnitude = try digits()
        guard skip("e") else { throw .malformed }
        if !isNegative, let value = Int64(exactly: magnitude) { return value }
        if isNegative, magnitude <= UInt64(Int64.max) + 1 { return Int64(truncatingIfNeeded: 0 &- magnitude) }
        throw .malformed
    }

    mutating func string() throws(ConfigError) -> [UInt8] {
        let length = try digits()
        guard skip(":"), length <= UInt64(bytes.count - position) else { throw .malformed }
        let end = position + Int(length)
        defer { position = end }
        return Array(bytes[position..<end])
    }

    private mutating func digits() throws(ConfigError) -> UInt64 {
        let start = position
        var value: UInt64 = 0
        while let byte = next, byte &- UInt8(ascii: "0") < 10 {
            let (ten, over) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = ten.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
            guard !over, !carry else { throw .malformed }
            value = sum
            position += 1
        }
        guard position > start else { throw .malformed }
        return value
    }
}
