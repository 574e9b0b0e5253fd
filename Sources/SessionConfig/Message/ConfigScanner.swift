/// Finds its way through bencoding that lies in one piece of memory, and copies nothing.
///
/// It remembers only where it is: each step is told the bytes anew, which must be the same ones all the time.
/// - Source: configs.md §2
struct ConfigScanner: Sendable {
    /// Dicts and lists inside each other.
    static let maximumDepth = 32

    var position = 0
    /// Whether all that was read was written the one way in which we would write it.
    var isCanonical = true

    func next(_ bytes: Span<UInt8>) -> UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Steps over `mark` if it comes next.
    mutating func skip(_ mark: UInt8, _ bytes: Span<UInt8>) -> Bool {
        guard position < bytes.count, bytes[position] == mark else { return false }
        position += 1
        return true
    }

    mutating func begin(_ mark: UInt8, _ bytes: Span<UInt8>) throws(ConfigError) {
        guard skip(mark, bytes) else { throw .malformed }
    }

    @inline(__always)
    mutating func integer(_ bytes: Span<UInt8>) throws(ConfigError) -> Int64 {
        try begin(ConfigMark.int, bytes)
        let isNegative = skip(ConfigMark.minus, bytes)
        let magnitude = try digits(bytes)
        try begin(ConfigMark.end, bytes)
        guard isNegative else {
            guard let value = Int64(exactly: magnitude) else { throw .malformed }
            return value
        }
        if magnitude == 0 { isCanonical = false }
        guard magnitude <= UInt64(Int64.max) + 1 else { throw .malformed }
        return Int64(truncatingIfNeeded: 0 &- magnitude)
    }

    /// - Returns: where the bytes of the string are.
    @inline(__always)
    mutating func string(_ bytes: Span<UInt8>) throws(ConfigError) -> Range<Int> {
        let length = try digits(bytes)
        guard skip(ConfigMark.colon, bytes), length <= UInt64(bytes.count - position) else { throw .malformed }
        let start = position
        position += Int(length)
        return start..<position
    }

    @inline(__always)
    private mutating func digits(_ bytes: Span<UInt8>) throws(ConfigError) -> UInt64 {
        let start = position
        var (place, value) = (start, UInt64(0))
        while place < bytes.count {
            let digit = bytes[place] &- ConfigMark.zero
            guard digit < 10 else { break }
            value = value &* 10 &+ UInt64(digit)
            place += 1
        }
        position = place
        guard place - start > 1 else {
            guard place > start else { throw .malformed }
            return value
        }
        if bytes[start] == ConfigMark.zero { isCanonical = false }
        return place - start <= Self.safeDigits ? value : try longNumber(start..<place, bytes)
    }

    /// Numbers of so many digits fit.
    private static let safeDigits = 19

    private func longNumber(_ digits: Range<Int>, _ bytes: Span<UInt8>) throws(ConfigError) -> UInt64 {
        var value: UInt64 = 0
        for place in digits {
            let (ten, over) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = ten.addingReportingOverflow(UInt64(bytes[place] &- ConfigMark.zero))
            guard !over, !carry else { throw .malformed }
            value = sum
        }
        return value
    }

    /// The key of a dict.
    /// - Parameter last: the key before, which must be less; this one afterwards.
    @inline(__always)
    mutating func key(after last: inout Range<Int>?, _ bytes: Span<UInt8>) throws(ConfigError) -> Range<Int> {
        let key = try string(bytes)
        if let last, !Self.precedes(last, key, bytes) { throw .malformed }
        last = key
        return key
    }

    /// Whether the one string is less than the other, by their bytes.
    @inline(__always)
    private static func precedes(_ left: Range<Int>, _ right: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
        for offset in 0..<min(left.count, right.count) {
            let (one, other) = (bytes[left.lowerBound + offset], bytes[right.lowerBound + offset])
            if one != other { return one < other }
        }
        return left.count < right.count
    }

    mutating func skipValue(depth: Int = 0, _ bytes: Span<UInt8>) throws(ConfigError) {
        guard depth <= Self.maximumDepth else { throw .malformed }
        switch next(bytes) {
        case ConfigMark.int: _ = try integer(bytes)
        case ConfigMark.list:
            position += 1
            while !skip(ConfigMark.end, bytes) { try skipValue(depth: depth + 1, bytes) }
        case ConfigMark.dict:
            position += 1
            var last: Range<Int>?
            while !skip(ConfigMark.end, bytes) {
                _ = try key(after: &last, bytes)
                try skipValue(depth: depth + 1, bytes)
            }
        default: _ = try string(bytes)
        }
    }

    /// Steps over a set: scalars in ascending order, at least one.
    /// - Source: configs.md §4.2
    mutating func skipSet(_ bytes: Span<UInt8>) throws(ConfigError) {
        try begin(ConfigMark.list, bytes)
        var lastInt: Int64?
        var lastString: Range<Int>?
        repeat {
            if next(bytes) == ConfigMark.int {
                let value = try integer(bytes)
                guard lastString == nil, lastInt.map({ $0 < value }) ?? true else { throw .malformed }
                lastInt = value
            } else {
                _ = try key(after: &lastString, bytes)
            }
        } while !skip(ConfigMark.end, bytes)
    }

    /// Steps over a dict if there is no dict in it.
    /// - Returns: whether there is none; otherwise the scanner stands where it stood.
    mutating func skipRecord(_ bytes: Span<UInt8>) throws(ConfigError) -> Bool {
        let start = position
        try begin(ConfigMark.dict, bytes)
        var last: Range<Int>?
        while !skip(ConfigMark.end, bytes) {
            _ = try key(after: &last, bytes)
            switch next(bytes) {
            case ConfigMark.dict:
                position = start
                return false
            case ConfigMark.list: try skipSet(bytes)
            case ConfigMark.int: _ = try integer(bytes)
            default: _ = try string(bytes)
            }
        }
        return true
    }
}
