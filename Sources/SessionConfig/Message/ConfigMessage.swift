import SessionWire
import SodiumKit

/// One state of a config as it travels: number, data, what changed, and what changed shortly before.
/// - Source: configs.md §4
struct ConfigMessage: Hashable, Sendable {
    /// How many generations back changes are carried along.
    static let lag: Int64 = 5

    let sequence: Int64
    /// BLAKE2b-256 of `bytes`: the name of this state in the messages after it.
    let hash: [UInt8]
    let data: ConfigDict
    let lags: [LagKey: ConfigDiff]
    let diff: ConfigDiff
    /// Keys of later versions with their values as they stood.
    let unknown: [[UInt8]: [UInt8]]
    /// The very bytes that were received or are sent.
    let bytes: [UInt8]

    var key: LagKey { LagKey(sequence: sequence, hash: hash) }

    /// The state that every config begins with.
    static let empty = ConfigMessage(
        sequence: 0, data: [:], lags: [:], diff: ConfigDiff(), unknown: [:], signer: nil)

    /// Writes a new message.
    /// - Parameter data: without empty sets and dicts.
    init(
        sequence: Int64, data: ConfigDict, lags: [LagKey: ConfigDiff], diff: ConfigDiff, unknown: [[UInt8]: [UInt8]],
        signer: Ed25519.KeyPair?
    ) {
        let kept = lags.filter { $0.key.sequence > sequence - Self.lag && $0.key.sequence < sequence }
        var parts = unknown
        parts[Array("#".utf8)] = BTValue.int(sequence).encoded()
        parts[Array("&".utf8)] = data.bencoded.encoded()
        parts[Array("<".utf8)] = BTValue.list(
            kept.sorted { $0.key < $1.key }.map { key, diff in
                .list([.int(key.sequence), .bytes(key.hash), .dict(diff.members)])
            }
        ).encoded()
        parts[Array("=".utf8)] = BTValue.dict(diff.members).encoded()
        var bytes = Array("d".utf8)
        for (key, value) in parts.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            bytes += BTValue.bytes(key).encoded() + value
        }
        if let signer { bytes += Array("1:~64:".utf8) + signer.sign(bytes) }
        bytes += Array("e".utf8)
        self.init(
            sequence: sequence, data: data, lags: kept, diff: diff, unknown: unknown, bytes: bytes)
    }

    private init(
        sequence: Int64, data: ConfigDict, lags: [LagKey: ConfigDiff], diff: ConfigDiff, unknown: [[UInt8]: [UInt8]],
        bytes: [UInt8]
    ) {
        (self.sequence, self.data, self.lags, self.diff) = (sequence, data, lags, diff)
        (self.unknown, self.bytes) = (unknown, bytes)
        hash = Blake2b.hash(bytes) ?? []
    }

    /// Reads a message.
    /// - Parameter verifyKey: the group's Ed25519 key; without one a signature is not looked at.
    init(_ bytes: [UInt8], verifyKey: [UInt8]? = nil) throws(ConfigError) {
        var outer = OuterKeys(bytes)
        try outer.read(verifyKey: verifyKey)
        guard let sequence = outer.sequence, let data = outer.data else { throw .malformed }
        self.init(
            sequence: sequence, data: data, lags: try Self.lags(outer.lags, before: sequence), diff: outer.diff,
            unknown: outer.unknown, bytes: bytes)
    }

    private static func lags(_ value: BTValue, before sequence: Int64) throws(ConfigError) -> [LagKey: ConfigDiff] {
        guard let entries = value.listValue else { throw .malformed }
        var lags: [LagKey: ConfigDiff] = [:]
        var last: LagKey?
        for entry in entries {
            guard let fields = entry.listValue, fields.count == 3, let number = fields[0].int64Value,
                let hash = fields[1].bytesValue, hash.count == 32, let diff = fields[2].dictValue
            else { throw .malformed }
            let key = LagKey(sequence: number, hash: hash)
            guard number < sequence, last.map({ $0 < key }) ?? true else { throw .malformed }
            last = key
            if number > sequence - lag { lags[key] = ConfigDiff(members: diff) }
        }
        return lags
    }
}

/// Names one state among those of a config.
struct LagKey: Hashable, Comparable, Sendable {
    let sequence: Int64
    let hash: [UInt8]

    static func < (left: LagKey, right: LagKey) -> Bool {
        left.sequence == right.sequence
            ? left.hash.lexicographicallyPrecedes(right.hash) : left.sequence < right.sequence
    }
}

/// The keys of the outermost dict, in the order that it demands.
/// - Source: configs.md §4.1
private struct OuterKeys {
    /// Nobody changes a config that often; counting on from here never overflows.
    private static let highestSequence: Int64 = 1 << 48

    private var reader: ConfigReader
    var sequence: Int64?
    var data: ConfigDict?
    var lags = BTValue.list([])
    var diff = ConfigDiff()
    var unknown: [[UInt8]: [UInt8]] = [:]

    init(_ bytes: [UInt8]) { reader = ConfigReader(bytes) }

    mutating func read(verifyKey: [UInt8]?) throws(ConfigError) {
        guard reader.skip("d") else { throw .malformed }
        var last: [UInt8]?
        var isSigned = false
        while !reader.skip("e") {
            let start = reader.position
            let key = try reader.string()
            if let last, !last.lexicographicallyPrecedes(key) { throw .malformed }
            guard !isSigned else { throw .malformed }
            if last == nil, key != Array("#".utf8) { throw .newerFormat }
            switch key {
            case Array("#".utf8): sequence = try number()
            case Array("&".utf8): data = try ConfigDict(strict: reader.value())
            case Array("<".utf8): lags = try reader.value()
            case Array("=".utf8):
                guard let members = try reader.value().dictValue else { throw .malformed }
                diff = ConfigDiff(members: members)
            case Array("~".utf8):
                isSigned = true
                let signature = try reader.string()
                if let verifyKey {
                    guard signature.count == Ed25519.signatureSize,
                        Ed25519.verify(signature, Array(reader.bytes[..<start]), publicKey: verifyKey)
                    else { throw .badSignature }
                }
            default: unknown[key] = try reader.rawValue()
            }
            last = key
        }
        if verifyKey != nil, !isSigned { throw .badSignature }
    }

    private mutating func number() throws(ConfigError) -> Int64 {
        let number = try reader.integer()
        guard (0...Self.highestSequence).contains(number) else { throw .malformed }
        return number
    }
}
