extension [UInt8] {
    /// Reads hexadecimal text of either case; `nil` for an odd length or any other character.
    public init?(hex text: some StringProtocol) {
        let decoded = text.utf8.withContiguousStorageIfAvailable { Self.decodeHex($0) }
        guard let bytes = decoded ?? Self.decodeHex(Array(text.utf8)) else { return nil }
        self = bytes
    }

    /// Lower-case hexadecimal text.
    public var hex: String {
        String(unsafeUninitializedCapacity: count * 2) { text in
            var position = 0
            for byte in self {
                text[position] = Self.hexDigit(byte >> 4)
                text[position + 1] = Self.hexDigit(byte & 0x0f)
                position += 2
            }
            return position
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

    private static func hexValue(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x61...0x66: digit - 0x57
        case 0x41...0x46: digit - 0x37
        default: nil
        }
    }

    private static func decodeHex(_ digits: some RandomAccessCollection<UInt8>) -> [UInt8]? {
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        var index = digits.startIndex
        while index != digits.endIndex {
            let low = digits.index(after: index)
            guard let first = hexValue(digits[index]), let second = hexValue(digits[low]) else { return nil }
            bytes.append(first << 4 | second)
            index = digits.index(after: low)
        }
        return bytes
    }
}
