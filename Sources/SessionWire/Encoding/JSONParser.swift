/// How much JSON a peer may make us hold.
public struct JSONLimits: Sendable {
    /// Length of the text in bytes.
    public var bytes: Int
    /// Arrays and objects inside each other.
    public var depth: Int
    /// Values in the whole document, members of arrays and objects included.
    public var values: Int

    /// The defaults fit the largest answer of a service node: 10 MiB, the body limit of a node, and a list of some
    /// thousand nodes with a dozen fields each.
    public init(bytes: Int = 10_485_760, depth: Int = 32, values: Int = 300_000) {
        (self.bytes, self.depth, self.values) = (bytes, depth, values)
    }
}

/// Why a text is not JSON that we take.
public enum JSONError: Error, Equatable, Sendable, CustomStringConvertible {
    case tooLong(Int), tooDeep, tooManyValues
    /// The byte offset where reading stopped.
    case malformed(at: Int)

    public var description: String {
        switch self {
        case .tooLong(let count): "The JSON text is too long (\(count) bytes)."
        case .tooDeep: "The JSON text is nested too deeply."
        case .tooManyValues: "The JSON text holds too many values."
        case .malformed(let offset): "The JSON text is malformed at byte \(offset)."
        }
    }
}

extension JSONValue {
    /// Reads one document that fills `bytes`, white space around it allowed. Total: any input gives a value or an
    /// error. Of two equal keys the last one counts, as in the parsers of the other implementations; unpaired
    /// surrogates and bytes that are not UTF-8 are refused.
    public static func parse(_ bytes: [UInt8], limits: JSONLimits = .init()) throws(JSONError) -> JSONValue {
        guard bytes.count <= limits.bytes else { throw .tooLong(bytes.count) }
        var parser = JSONParser(bytes: bytes, limits: limits)
        return try parser.document()
    }

    public static func parse(_ text: String, limits: JSONLimits = .init()) throws(JSONError) -> JSONValue {
        try parse(Array(text.utf8), limits: limits)
    }
}

/// Recursive descent over bytes; the depth limit bounds the recursion.
private struct JSONParser {
    let bytes: [UInt8]
    let limits: JSONLimits
    var position = 0
    var values = 0

    init(bytes: [UInt8], limits: JSONLimits) { (self.bytes, self.limits) = (bytes, limits) }

    mutating func document() throws(JSONError) -> JSONValue {
        let value = try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw malformed }
        return value
    }

    private var malformed: JSONError { .malformed(at: position) }
    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
            default: return
            }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        values += 1
        guard values <= limits.values else { throw .tooManyValues }
        skipSpace()
        guard let next else { throw malformed }
        switch next {
        case UInt8(ascii: "{"):
            guard depth < limits.depth else { throw .tooDeep }
            return try object(depth: depth + 1)
        case UInt8(ascii: "["):
            guard depth < limits.depth else { throw .tooDeep }
            return try array(depth: depth + 1)
        case UInt8(ascii: "\""):
            position += 1
            return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw malformed
        }
    }

    private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.count, word.withUTF8Buffer({ bytes[position..<end].elementsEqual($0) }) else {
            throw malformed
        }
        position = end
        return value
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        position += 1
        var elements: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            elements.append(try value(depth: depth))
            skipSpace()
            if take(UInt8(ascii: "]")) { return .array(elements) }
            guard take(UInt8(ascii: ",")) else { throw malformed }
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        position += 1
        var members: [String: JSONValue] = [:]
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipSpace()
            guard take(UInt8(ascii: "\"")) else { throw malformed }
            let key = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw malformed }
            members[key] = try value(depth: depth)
            skipSpace()
            if take(UInt8(ascii: "}")) { return .object(members) }
            guard take(UInt8(ascii: ",")) else { throw malformed }
        }
    }

    /// Digits without fraction and exponent are integers as long as they fit; everything else is a `Double`.
    private mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        let isNegative = take(UInt8(ascii: "-"))
        let digits = position
        var magnitude: UInt64? = 0
        while let byte = next, byte &- UInt8(ascii: "0") < 10 {
            if let value = magnitude {
                let (ten, over) = value.multipliedReportingOverflow(by: 10)
                let (sum, carry) = ten.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
                magnitude = over || carry ? nil : sum
            }
            position += 1
        }
        guard position > digits, bytes[digits] != UInt8(ascii: "0") || position == digits + 1 else { throw malformed }
        var isInteger = true
        if take(UInt8(ascii: ".")) {
            isInteger = false
            try digitRun()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isInteger = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digitRun()
        }
        if isInteger, let magnitude {
            if !isNegative { return .number(magnitude) }
            if magnitude <= UInt64(Int64.max) { return .int(-Int64(magnitude)) }
            if magnitude == UInt64(Int64.max) + 1 { return .int(.min) }
        }
        // Longer than any useful number: no reason to let a peer spend our time on it.
        guard position - start <= 512, let text = String(validating: bytes[start..<position], as: UTF8.self),
            let value = Double(text), value.isFinite
        else { throw malformed }
        return .double(value)
    }

    private mutating func digitRun() throws(JSONError) {
        let start = position
        while let byte = next, byte &- UInt8(ascii: "0") < 10 { position += 1 }
        guard position > start else { throw malformed }
    }

    /// The rest of a string whose opening quote has been read.
    private mutating func string() throws(JSONError) -> String {
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                guard let text = String(validating: bytes[start..<position], as: UTF8.self) else { throw malformed }
                position += 1
                return text
            }
            guard byte != UInt8(ascii: "\\") else { return try stringWithEscapes(from: start) }
            guard byte >= 0x20 else { throw malformed }
            position += 1
        }
        throw malformed
    }

    private mutating func stringWithEscapes(from start: Int) throws(JSONError) -> String {
        var text = Array(bytes[start..<position])
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw malformed }
                return string
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw malformed
            default: text.append(byte)
            }
        }
        throw malformed
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        guard let byte = next else { throw malformed }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0c)
        case UInt8(ascii: "n"): text.append(0x0a)
        case UInt8(ascii: "r"): text.append(0x0d)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var code = UInt32(try fourHexDigits())
            if (0xd800..<0xdc00).contains(code) {
                guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw malformed }
                let low = UInt32(try fourHexDigits())
                guard (0xdc00..<0xe000).contains(low) else { throw malformed }
                code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw malformed }
            text.append(contentsOf: String(Character(scalar)).utf8)
        default: throw malformed
        }
    }

    private mutating func fourHexDigits() throws(JSONError) -> UInt16 {
        guard bytes.count - position >= 4 else { throw malformed }
        var value: UInt16 = 0
        for byte in bytes[position..<position + 4] {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw malformed
            }
            value = value << 4 | UInt16(digit)
        }
        position += 4
        return value
    }
}
