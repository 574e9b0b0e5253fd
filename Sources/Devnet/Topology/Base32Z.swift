/// Zooko's base 32, in which the network writes node names.
enum Base32Z {
    private static let alphabet = Array("ybndrfg8ejkmcpqxot1uwisza345h769")

    static func encode(_ bytes: [UInt8]) -> String {
        var text = ""
        var bits = 0
        var value = 0
        for byte in bytes {
            value = value << 8 | Int(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[value >> bits & 31])
            }
            value &= (1 << bits) - 1
        }
        if bits > 0 { text.append(alphabet[value << (5 - bits) & 31]) }
        return text
    }
}
