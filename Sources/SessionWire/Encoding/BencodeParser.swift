extension BTValue {
    /// Reads one value that fills `bytes`. Strict: keys ascend, numbers have one spelling, nothing follows. Total.
    public static func parse(_ bytes: [UInt8], limits: BencodeLimits = .init()) throws(BencodeError) -> BTValue {
        guard bytes.count <= limits.bytes else { throw .tooLong(bytes.count) }
        var parser = BencodeParser(bytes: bytes, limits: limits)
        let value = try parser.value(depth: 0)
        guard parser.position == bytes.count else { throw .malformed(at: parser.position) }
        return value
    }
}

/// Recursive descent over bytes; the depth limit bounds the recursion.
private struct BencodeParser {
    let bytes: [UInt8]
    let limits: BencodeLimits
    var position = 0
    var values = 0

    init(bytes: [UInt8], limits: BencodeLimits) { (self.bytes, self.limits) = (bytes, limits) }

    private var malformed: BencodeError { .malformed(at: position) }
    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func value(depth: Int) throws(BencodeError) -> BTValue {
        values += 1
        guard values <= limits.values else { throw .tooManyValues }
        guard let next else { throw malformed }
        switch next {
        case UInt8(ascii: "i"): return try integer()
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return .bytes(try string())
        case UInt8(ascii: "l"):
            guard depth < limits.depth else { throw .tooDeep }
            return try list(depth: depth + 1)
        case UInt8(ascii: "d"):
            guard depth < limits.depth else { throw .tooDeep }
            return try dict(depth: depth + 1)
        default: throw malformed
        }
    }

    private mutating func integer() throws(BencodeError) -> BTValue {
        position += 1
        let isNegative = next == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let magnitude = try digits()
        guard next == UInt8(ascii: "e"), !(isNegative && magnitude == 0) else { throw malformed }
        position += 1
        if !isNegative { return .number(magnitude) }
        if magnitude <= UInt64(Int64.max) { return .int(-Int64(magnitude)) }
        guard magnitude == UInt64(Int64.max) + 1 else { throw malformed }
        return .int(.min)
    }

    /// One decimal number without leading zeros.
    private mutating func digits() throws(BencodeError) -> UInt64 {
        let start = position
        var value: UInt64 = 0
        while let byte = next, byte &- UInt8(ascii: "0") < 10 {
            let (ten, over) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = ten.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
            guard !over, !carry else { throw malformed }
            value = sum
            position += 1
        }
        guard position > start, bytes[start] != UInt8(ascii: "0") || position == start + 1 else { throw malformed }
        return value
    }

    private mutating func string() throws(BencodeError) -> [UInt8] {
        let length = try digits()
        guard next == UInt8(ascii: ":") else { throw malformed }
        position += 1
        guard length <= UInt64(bytes.count - position) else { throw malformed }
        let end = position + Int(length)
        defer { position = end }
        return Array(bytes[position..<end])
    }

    private mutating func list(depth: Int) throws(BencodeError) -> BTValue {
        position += 1
        var elements: [BTValue] = []
        while next != UInt8(ascii: "e") { elements.append(try value(depth: depth)) }
        position += 1
        return .list(elements)
    }

    private mutating func dict(depth: Int) throws(BencodeError) -> BTValue {
        position += 1
        var members: [[UInt8]: BTValue] = [:]
        var last: [UInt8]?
        while next != UInt8(ascii: "e") {
            guard let byte = next, byte &- UInt8(ascii: "0") < 10 else { throw malformed }
            let key = try string()
            if let last, !last.lexicographicallyPrecedes(key) { throw .unsortedKeys }
            members[key] = try value(depth: depth)
            last = key
        }
        position += 1
        return .dict(members)
    }
}
