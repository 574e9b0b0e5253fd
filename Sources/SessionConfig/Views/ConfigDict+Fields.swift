import SessionWire

/// Reading and writing single keys. Writers change nothing but their key, so that those of later versions stay.
/// - Source: configs.md §3
extension ConfigDict {
    subscript(name: String) -> ConfigValue? {
        get { value(name.utf8) }
        set { self[Array(name.utf8)] = newValue }
    }

    func int(_ name: String) -> Int64? { self[name]?.int }
    func bytes(_ name: String) -> [UInt8]? { self[name]?.bytes }
    func bytes(_ name: String, count: Int) -> [UInt8]? { bytes(name).flatMap { $0.count == count ? $0 : nil } }
    func flag(_ name: String) -> Bool { int(name).map { $0 != 0 } ?? false }
    func text(_ name: String) -> String? { bytes(name).flatMap { String(validating: $0, as: UTF8.self) } }
    func dict(_ name: String) -> ConfigDict { self[name]?.dict ?? [:] }
    func dict(_ key: [UInt8]) -> ConfigDict? { self[key]?.dict }

    /// Unix seconds. Old clients wrote milliseconds or microseconds.
    func seconds(_ name: String) -> Int64? { int(name).map(Self.seconds) }

    static func seconds(_ value: Int64) -> Int64 {
        switch value {
        case 9_000_000_000_001...: value / 1_000_000
        case 9_000_000_001...: value / 1_000
        default: value
        }
    }

    mutating func set(_ name: String, int: Int64) { self[name] = .scalar(.int(int)) }
    mutating func set(_ name: String, bytes: [UInt8]) { self[name] = .scalar(.bytes(bytes)) }
    mutating func set(_ name: String, text: String) { set(name, bytes: Array(text.utf8)) }

    mutating func set(_ name: String, flag: Bool) { self[name] = flag ? .scalar(.int(1)) : nil }
    mutating func set(_ name: String, nonzero value: Int64) { self[name] = value != 0 ? .scalar(.int(value)) : nil }
    mutating func set(_ name: String, positive value: Int64) { self[name] = value > 0 ? .scalar(.int(value)) : nil }
    mutating func set(_ name: String, nonempty text: String) {
        self[name] = text.isEmpty ? nil : .scalar(.bytes(Array(text.utf8)))
    }

    mutating func change(
        _ name: String, _ body: (inout ConfigDict) throws(ConfigError) -> Void
    ) throws(ConfigError) {
        try change(Array(name.utf8), body)
    }
}

/// Where a picture is and what opens it; the one is of no use without the other.
/// - Source: configs.md §10
public struct ConfigPicture: Hashable, Sendable {
    public static let maximumURL = 223
    public static let keySize = 32

    public let url: String
    public let key: [UInt8]

    /// - Throws: `.badPicture` for an empty or too long address or a key that has not 32 bytes.
    public init(url: String, key: [UInt8]) throws(ConfigError) {
        guard !url.isEmpty, url.utf8.count <= Self.maximumURL, key.count == Self.keySize else { throw .badPicture }
        (self.url, self.key) = (url, key)
    }

    init?(_ dict: ConfigDict, _ urlName: String = "p", _ keyName: String = "q") {
        guard let url = dict.text(urlName), let key = dict.bytes(keyName),
            let picture = try? ConfigPicture(url: url, key: key)
        else { return nil }
        self = picture
    }

    static func write(_ picture: ConfigPicture?, to dict: inout ConfigDict, _ url: String = "p", _ key: String = "q") {
        dict[url] = picture.map { .scalar(.bytes(Array($0.url.utf8))) }
        dict[key] = picture.map { .scalar(.bytes($0.key)) }
    }
}

/// Names of people and groups.
/// - Source: configs.md §10.6
public enum ConfigName {
    public static let maximum = 100

    /// Cut where a character ends, so that it fits.
    public static func truncated(_ name: String) -> String {
        guard name.utf8.count > maximum else { return name }
        var bytes = Array(name.utf8.prefix(maximum + 1))
        // A continuation byte at the cut belongs to a character that would be torn.
        while let last = bytes.popLast(), last & 0xc0 == 0x80 {}
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// When somebody wants to be told about messages.
/// - Source: configs.md §10
public enum ConfigNotifications: Int64, Sendable, CaseIterable {
    case standard, all, none, mentionsOnly
}

/// Which feature bits of a paid profile are on; kept for others, of no meaning here.
/// - Source: configs.md §10.1
enum ProfileBits {
    static func read(_ dict: ConfigDict) -> UInt64 {
        (dict["f"]?.set ?? []).reduce(0) { bits, scalar in
            guard case .int(let bit) = scalar, (0..<64).contains(bit) else { return bits }
            return bits | 1 << UInt64(bit)
        }
    }

    static func write(_ bits: UInt64, to dict: inout ConfigDict) {
        let unknown = (dict["f"]?.set ?? []).filter {
            if case .int(let bit) = $0 { !(0..<64).contains(bit) } else { true }
        }
        let known = (0..<64).filter { bits & 1 << UInt64($0) != 0 }.map { ConfigScalar.int(Int64($0)) }
        let set = unknown.union(known)
        dict["f"] = set.isEmpty ? nil : .set(set)
    }
}
