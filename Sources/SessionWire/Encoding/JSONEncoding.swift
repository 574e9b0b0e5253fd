extension JSONValue {
    /// The compact UTF-8 text, members sorted by the bytes of their names, as the reference writes them. A number
    /// that JSON cannot express becomes `null`.
    public func encoded() -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(roughLength)
        write(to: &output)
        return output
    }

    /// The same as a `String`.
    public func encodedText() -> String { String(decoding: encoded(), as: UTF8.self) }

    /// Looks at one level only: enough to spare the growth of the one long string in a request.
    private var roughLength: Int {
        switch self {
        case .string(let text): text.utf8.count + 2
        case .object(let members):
            members.reduce(2) { sum, member in
                sum + member.key.utf8.count + 4 + (member.value.stringValue?.utf8.count ?? 24)
            }
        default: 64
        }
    }

    private func write(to output: inout [UInt8]) {
        switch self {
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
        case .int(let value): output.append(contentsOf: String(value).utf8)
        case .unsigned(let value): output.append(contentsOf: String(value).utf8)
        case .double(let value): output.append(contentsOf: (value.isFinite ? value.description : "null").utf8)
        case .string(let text): Self.write(text, to: &output)
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                element.write(to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let members):
            output.append(UInt8(ascii: "{"))
            let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            for (index, member) in sorted.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                Self.write(member.key, to: &output)
                output.append(UInt8(ascii: ":"))
                member.value.write(to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    /// Writes `text` in quotes; only what must be escaped is.
    static func write(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        let needsEscape = text.utf8.contains { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
        if needsEscape {
            for byte in text.utf8 { writeEscaped(byte, to: &output) }
        } else {
            output.append(contentsOf: text.utf8)
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func writeEscaped(_ byte: UInt8, to output: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
        case 0x08: output.append(contentsOf: #"\b"#.utf8)
        case 0x09: output.append(contentsOf: #"\t"#.utf8)
        case 0x0a: output.append(contentsOf: #"\n"#.utf8)
        case 0x0c: output.append(contentsOf: #"\f"#.utf8)
        case 0x0d: output.append(contentsOf: #"\r"#.utf8)
        case 0..<0x20:
            let digits = Array("0123456789abcdef".utf8)
            output.append(contentsOf: #"\u00"#.utf8)
            output += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        default: output.append(byte)
        }
    }
}
