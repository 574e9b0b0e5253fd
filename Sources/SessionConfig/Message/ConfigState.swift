import SodiumKit

/// What a message says.
/// - Source: configs.md §4
struct ConfigState: Equatable, Sendable {
    var sequence: Int64
    /// Without empty sets and dicts.
    var data: ConfigDict = [:]
    /// What the states before changed; only those that are carried along.
    var lags: [LagKey: ConfigDiff] = [:]
    var diff = ConfigDiff()
    /// Keys of later versions with their values as they stood.
    var unknown: [[UInt8]: [UInt8]] = [:]
}

/// The keys of the outermost dict.
/// - Source: configs.md §4.1
private enum OuterKey {
    static let sequence = Array("#".utf8)
    static let data = Array("&".utf8)
    static let lags = Array("<".utf8)
    static let diff = Array("=".utf8)
    static let signature = Array("~".utf8)
    static let written = [sequence, data, lags, diff]
}

extension ConfigState {
    /// The bytes of the message.
    func encoded(signer: Ed25519.KeyPair?) -> [UInt8] {
        var writer = ConfigWriter(
            capacity: lags.values.reduce(data.sizeHint + diff.encoded.count) { $0 + $1.encoded.count + 64 })
        writer.begin(ConfigMark.dict)
        for key in (OuterKey.written + unknown.keys).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            writer.string(key)
            switch key {
            case OuterKey.sequence: writer.int(sequence)
            case OuterKey.data: data.write(to: &writer)
            case OuterKey.lags: writeLags(to: &writer)
            case OuterKey.diff: writer.append(diff.encoded)
            default: writer.append(unknown[key] ?? [])
            }
        }
        if let signer {
            let signature = signer.sign(writer.bytes)
            writer.string(OuterKey.signature)
            writer.string(signature)
        }
        writer.end()
        return writer.bytes
    }

    private func writeLags(to writer: inout ConfigWriter) {
        writer.begin(ConfigMark.list)
        for (key, diff) in lags.sorted(by: { $0.key < $1.key }) {
            writer.begin(ConfigMark.list)
            writer.int(key.sequence)
            writer.string(key.hash)
            writer.append(diff.encoded)
            writer.end()
        }
        writer.end()
    }

    /// Whether changes of that state are carried along in this one.
    func isCarried(_ number: Int64) -> Bool { number > sequence - ConfigMessage.lag && number < sequence }
}

extension ConfigState {
    /// Nobody changes a config that often; counting on from here never overflows.
    private static let highestSequence: Int64 = 1 << 48

    /// Reads the bytes of a message.
    /// - Parameters:
    ///   - verifyKey: the group's Ed25519 key; without one a signature is not looked at.
    ///   - known: another state: most of what two states of a config say is the same, and is not read twice.
    init(
        _ bytes: ArraySlice<UInt8>, verifyKey: [UInt8]? = nil, knowing known: ConfigState? = nil
    ) throws(ConfigError) {
        self.init(sequence: -1)
        var reader = ConfigReader(bytes)
        try reader.begin(ConfigMark.dict)
        var data: ConfigDict?
        var last: Range<Int>?
        var isSigned = false
        while !reader.skip(ConfigMark.end) {
            let start = reader.position
            let isFirst = last == nil
            let key = Array(try reader.key(after: &last))
            guard !isSigned else { throw .malformed }
            guard !isFirst || key == OuterKey.sequence else { throw .newerFormat }
            switch key {
            case OuterKey.sequence:
                sequence = try reader.integer()
                guard (0...Self.highestSequence).contains(sequence) else { throw .malformed }
            case OuterKey.data: data = try reader.data(knowing: known?.data)
            case OuterKey.lags: try readLags(&reader, knowing: known)
            case OuterKey.diff: diff = try ConfigDiff(&reader)
            case OuterKey.signature:
                isSigned = true
                let signature = try reader.string()
                guard let verifyKey else { break }
                guard signature.count == Ed25519.signatureSize,
                    Ed25519.verify(Array(signature), Array(bytes[..<start]), publicKey: verifyKey)
                else { throw .badSignature }
            default: unknown[key] = Array(try reader.rawValue())
            }
        }
        guard isSigned || verifyKey == nil else { throw .badSignature }
        guard let data else { throw .malformed }
        self.data = data
    }

    private mutating func readLags(
        _ reader: inout ConfigReader, knowing known: ConfigState?
    ) throws(ConfigError) {
        try reader.begin(ConfigMark.list)
        var last: LagKey?
        while !reader.skip(ConfigMark.end) {
            try reader.begin(ConfigMark.list)
            let number = try reader.integer()
            let key = LagKey(sequence: number, hash: Array(try reader.string()))
            // What one state changed is carried along in the next ones.
            let same = known.flatMap { $0.sequence == number ? $0.diff : $0.lags[key] }
            let diff = try ConfigDiff(&reader, knowing: same)
            try reader.begin(ConfigMark.end)
            guard key.hash.count == Self.hashSize, number < sequence, last.map({ $0 < key }) ?? true else {
                throw .malformed
            }
            last = key
            if isCarried(number) { lags[key] = diff }
        }
    }

    private static let hashSize = 32
}
