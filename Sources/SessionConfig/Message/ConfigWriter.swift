/// The letters of bencoding.
enum ConfigMark {
    static let int = UInt8(ascii: "i")
    static let list = UInt8(ascii: "l")
    static let dict = UInt8(ascii: "d")
    static let end = UInt8(ascii: "e")
    static let minus = UInt8(ascii: "-")
    static let colon = UInt8(ascii: ":")
    static let zero = UInt8(ascii: "0")
}

/// Writes canonical bencoding, piece by piece. The order of keys is the caller's.
/// - Source: configs.md §2
struct ConfigWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    mutating func begin(_ mark: UInt8) { bytes.append(mark) }
    mutating func end() { bytes.append(ConfigMark.end) }

    /// What is encoded already.
    mutating func append(_ encoded: some Collection<UInt8>) { bytes.append(contentsOf: encoded) }

    mutating func int(_ value: Int64) {
        bytes.append(ConfigMark.int)
        if value < 0 { bytes.append(ConfigMark.minus) }
        digits(value.magnitude)
        bytes.append(ConfigMark.end)
    }

    mutating func string(_ string: some Collection<UInt8>) {
        digits(UInt64(string.count))
        bytes.append(ConfigMark.colon)
        bytes.append(contentsOf: string)
    }

    mutating func scalar(_ scalar: ConfigScalar) {
        switch scalar {
        case .int(let value): int(value)
        case .bytes(let bytes): string(bytes)
        }
    }

    mutating func set(_ set: Set<ConfigScalar>) {
        begin(ConfigMark.list)
        for element in set.sorted() { scalar(element) }
        end()
    }

    private mutating func digits(_ value: UInt64) {
        guard value >= 10 else { return bytes.append(ConfigMark.zero + UInt8(value)) }
        let start = bytes.count
        var rest = value
        while rest > 0 {
            bytes.append(ConfigMark.zero + UInt8(rest % 10))
            rest /= 10
        }
        bytes[start...].reverse()
    }
}
