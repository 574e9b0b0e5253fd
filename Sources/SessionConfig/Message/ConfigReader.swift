import SessionWire

/// Reads bencoding as the reference does: numbers may have leading zeros, and what follows the outermost value is not
/// looked at. Keys must ascend.
/// - Source: configs.md §2
struct ConfigReader {
    let bytes: ArraySlice<UInt8>
    private var scanner = ConfigScanner()

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }
    init(_ bytes: [UInt8], at position: Int = 0) { self.bytes = bytes.dropFirst(position) }

    var next: UInt8? { scanner.next(bytes.span) }
    var position: Int { bytes.startIndex + scanner.position }

    mutating func skip(_ mark: UInt8) -> Bool {
        let bytes = bytes
        return scanner.skip(mark, bytes.span)
    }

    mutating func begin(_ mark: UInt8) throws(ConfigError) { guard skip(mark) else { throw .malformed } }

    /// Lets the scanner take one step.
    @inline(__always)
    private mutating func scan<Value>(
        _ step: (inout ConfigScanner, Span<UInt8>) throws(ConfigError) -> Value
    ) throws(ConfigError) -> Value {
        let bytes = bytes
        return try step(&scanner, bytes.span)
    }

    // MARK: Leaves

    mutating func integer() throws(ConfigError) -> Int64 {
        try scan { scanner, bytes throws(ConfigError) in try scanner.integer(bytes) }
    }

    mutating func string() throws(ConfigError) -> ArraySlice<UInt8> {
        slice(try scan { scanner, bytes throws(ConfigError) in try scanner.string(bytes) })
    }

    mutating func scalar() throws(ConfigError) -> ConfigScalar {
        next == ConfigMark.int ? .int(try integer()) : .bytes(Array(try string()))
    }

    /// - Parameter last: the key before, which must be less; this one afterwards.
    mutating func key(after last: inout Range<Int>?) throws(ConfigError) -> ArraySlice<UInt8> {
        slice(try scan { scanner, bytes throws(ConfigError) in try scanner.key(after: &last, bytes) })
    }

    private func slice(_ range: Range<Int>) -> ArraySlice<UInt8> {
        bytes[(bytes.startIndex + range.lowerBound)..<(bytes.startIndex + range.upperBound)]
    }

    // MARK: Whole values

    mutating func value(depth: Int = 0) throws(ConfigError) -> BTValue {
        guard depth <= ConfigScanner.maximumDepth else { throw .malformed }
        switch next {
        case ConfigMark.int: return .int(try integer())
        case ConfigMark.list:
            try begin(ConfigMark.list)
            var elements: [BTValue] = []
            while !skip(ConfigMark.end) { elements.append(try value(depth: depth + 1)) }
            return .list(elements)
        case ConfigMark.dict:
            try begin(ConfigMark.dict)
            var members: [[UInt8]: BTValue] = [:]
            var last: Range<Int>?
            while !skip(ConfigMark.end) {
                let key = try key(after: &last)
                members[Array(key)] = try value(depth: depth + 1)
            }
            return .dict(members)
        default: return .bytes(Array(try string()))
        }
    }

    mutating func skipValue() throws(ConfigError) {
        try scan { scanner, bytes throws(ConfigError) in try scanner.skipValue(bytes) }
    }

    /// A value as it stands, for keys of later versions.
    mutating func rawValue() throws(ConfigError) -> ArraySlice<UInt8> {
        let start = scanner.position
        try skipValue()
        return slice(start..<scanner.position)
    }

    /// A value the way we write it.
    mutating func canonicalValue() throws(ConfigError) -> ArraySlice<UInt8> {
        scanner.isCanonical = true
        let start = scanner.position
        let raw = try rawValue()
        guard !scanner.isCanonical else { return raw }
        scanner.position = start
        return try value().encoded()[...]
    }

    // MARK: The data of a message

    /// Reads data by the strict rules. Only the outermost dict may be empty.
    /// - Parameter known: data that was read before: what is the same in both has been checked already.
    /// - Source: configs.md §4.2
    mutating func data(knowing known: ConfigDict? = nil, depth: Int = 0) throws(ConfigError) -> ConfigDict {
        guard depth <= ConfigScanner.maximumDepth else { throw .malformed }
        let start = scanner.position
        if let encoded = known?.encodedForm, bytes.holds(encoded.bytes, at: start) {
            scanner.position += encoded.bytes.count
            return ConfigDict(EncodedDict(slice(start..<scanner.position), starts: encoded.starts))
        }
        scanner.isCanonical = true
        if try scan({ scanner, bytes throws(ConfigError) in try scanner.skipRecord(bytes) }) {
            if scanner.isCanonical {
                let record = slice(start..<scanner.position)
                return record.count == Self.emptyCount ? [:] : ConfigDict(EncodedDict(record))
            }
        } else if let starts = try recordStarts(knowing: known?.encodedForm), scanner.isCanonical {
            return ConfigDict(EncodedDict(slice(start..<scanner.position), starts: starts))
        }
        scanner.position = start
        return ConfigDict(members: try members(knowing: known, depth: depth))
    }

    private static let emptyCount = 2

    /// Steps over a dict of records.
    /// - Returns: where they begin; `nil` if it is something else.
    private mutating func recordStarts(knowing known: EncodedDict?) throws(ConfigError) -> [Int]? {
        let start = scanner.position
        var starts: [Int] = []
        var last: Range<Int>?
        var next = 0
        try begin(ConfigMark.dict)
        while !skip(ConfigMark.end) {
            let place = scanner.position
            starts.append(place - start)
            let key = try key(after: &last)
            if let known, let run = known.run(from: next, in: bytes, at: place) {
                let shift = place - start - known.starts[next]
                starts += known.starts[(next + 1)..<run.end].map { $0 + shift }
                // The last key of it is what the next one is compared with.
                scanner.position = starts[starts.count - 1] + start
                last = nil
                _ = try self.key(after: &last)
                scanner.position = place + run.count
                next = run.end
                continue
            }
            guard self.next == ConfigMark.dict else { return nil }
            let record = scanner.position
            guard try scan({ scanner, bytes throws(ConfigError) in try scanner.skipRecord(bytes) }) else { return nil }
            guard scanner.position - record > Self.emptyCount else { throw .malformed }
            if let known { next = known.index(after: key, from: next) }
        }
        return starts
    }

    /// Reads a dict member by member.
    mutating func members(
        knowing known: ConfigDict? = nil, depth: Int = 0
    ) throws(ConfigError) -> [ConfigDict.Member] {
        try begin(ConfigMark.dict)
        var members: [ConfigDict.Member] = []
        var last: Range<Int>?
        while !skip(ConfigMark.end) {
            let key = try key(after: &last)
            let value = try memberValue(knowing: known?.value(key)?.dict, depth: depth)
            members.append(ConfigDict.Member(key: key, value: value))
        }
        return members
    }

    /// Reads a key and what it holds.
    mutating func member() throws(ConfigError) -> ConfigDict.Member {
        ConfigDict.Member(key: try string(), value: try memberValue(knowing: nil, depth: 0))
    }

    private mutating func memberValue(knowing known: ConfigDict?, depth: Int) throws(ConfigError) -> ConfigValue {
        switch next {
        case ConfigMark.dict:
            let dict = try data(knowing: known, depth: depth + 1)
            guard !dict.isEmpty else { throw .malformed }
            return .dict(dict)
        case ConfigMark.list:
            let start = scanner.position
            try scan { scanner, bytes throws(ConfigError) in try scanner.skipSet(bytes) }
            scanner.position = start + 1
            var set: Set<ConfigScalar> = []
            while !skip(ConfigMark.end) { set.insert(try scalar()) }
            return .set(set)
        default: return .scalar(try scalar())
        }
    }

    /// The value of one key of a record; `nil` if there is no such key.
    mutating func leaf(at key: some Collection<UInt8>) throws(ConfigError) -> ConfigValue? {
        try begin(ConfigMark.dict)
        while !skip(ConfigMark.end) {
            if try string().elementsEqual(key) { return try memberValue(knowing: nil, depth: 0) }
            try skipValue()
        }
        return nil
    }

    /// Steps over `known` if it comes next.
    mutating func skip(known: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard bytes.holds(known, at: scanner.position) else { return nil }
        let start = scanner.position
        scanner.position += known.count
        return slice(start..<scanner.position)
    }
}
