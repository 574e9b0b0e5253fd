extension [UInt8] {
    /// Reads standard base64 (RFC 4648 §4). Padding may be missing; when it is there it must be right. White space and the
    /// URL-safe alphabet are refused; bits left over in the last character are ignored, as the network's own software does.
    public init?(base64 text: String) {
        let decoded = text.utf8.withContiguousStorageIfAvailable { Self.decodeBase64($0) }
        if let decoded {
            guard let decoded else { return nil }
            self = decoded
        } else {
            guard let bytes = Array(text.utf8).withUnsafeBufferPointer(Self.decodeBase64) else { return nil }
            self = bytes
        }
    }

    /// Standard base64 with padding.
    public var base64: String { encodeBase64(padded: true) }
    /// Standard base64 without padding.
    public var base64Unpadded: String { encodeBase64(padded: false) }

    private func encodeBase64(padded: Bool) -> String {
        let groups = count / 3
        let rest = count % 3
        let tail = rest == 0 ? 0 : (padded ? 4 : rest + 1)
        return String(unsafeUninitializedCapacity: groups * 4 + tail) { text in
            withUnsafeBufferPointer { bytes in
                Base64Alphabet.characters.withUnsafeBufferPointer { alphabet in
                    var write = 0
                    for read in stride(from: 0, to: groups * 3, by: 3) {
                        let word = Int(bytes[read]) << 16 | Int(bytes[read + 1]) << 8 | Int(bytes[read + 2])
                        text[write] = alphabet[word >> 18]
                        text[write + 1] = alphabet[word >> 12 & 63]
                        text[write + 2] = alphabet[word >> 6 & 63]
                        text[write + 3] = alphabet[word & 63]
                        write += 4
                    }
                    guard rest > 0 else { return write }
                    let first = Int(bytes[groups * 3])
                    let second = rest == 2 ? Int(bytes[groups * 3 + 1]) : 0
                    text[write] = alphabet[first >> 2]
                    text[write + 1] = alphabet[(first << 4 | second >> 4) & 63]
                    if rest == 2 { text[write + 2] = alphabet[second << 2 & 63] }
                    if padded {
                        if rest == 1 { text[write + 2] = Base64Alphabet.padding }
                        text[write + 3] = Base64Alphabet.padding
                    }
                    return write + tail
                }
            }
        }
    }

    private static func decodeBase64(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var length = text.count
        if length > 0, text[length - 1] == Base64Alphabet.padding {
            guard length.isMultiple(of: 4) else { return nil }
            length -= text[length - 2] == Base64Alphabet.padding ? 2 : 1
        }
        let rest = length % 4
        guard rest != 1 else { return nil }
        let size = length / 4 * 3 + (rest == 0 ? 0 : rest - 1)
        var isValid = true
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { output, count in
            Base64Alphabet.values.withUnsafeBufferPointer { values in
                var write = 0
                var seen: UInt8 = 0  // the top bit stays set once any character was foreign
                for read in stride(from: 0, to: length - rest, by: 4) {
                    let a = values[Int(text[read])]
                    let b = values[Int(text[read + 1])]
                    let c = values[Int(text[read + 2])]
                    let d = values[Int(text[read + 3])]
                    seen |= a | b | c | d
                    output[write] = a << 2 | (b & 63) >> 4
                    output[write + 1] = b << 4 | (c & 63) >> 2
                    output[write + 2] = c << 6 | d & 63
                    write += 3
                }
                if rest >= 2 {
                    let a = values[Int(text[length - rest])]
                    let b = values[Int(text[length - rest + 1])]
                    seen |= a | b
                    output[write] = a << 2 | (b & 63) >> 4
                    if rest == 3 {
                        let c = values[Int(text[length - 1])]
                        seen |= c
                        output[write + 1] = b << 4 | (c & 63) >> 2
                    }
                }
                isValid = seen & 0x80 == 0
            }
            count = isValid ? size : 0
        }
        return isValid ? bytes : nil
    }
}

private enum Base64Alphabet {
    static let padding = UInt8(ascii: "=")
    static let characters = [UInt8]("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    /// The six bits of every character; 0x80 for those that are none of ours.
    static let values: [UInt8] = {
        var values = [UInt8](repeating: 0x80, count: 256)
        for (value, character) in characters.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()
}
