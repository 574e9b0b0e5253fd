/// What changed between two states of a config: names without values, which stand in the message that carries it.
///
/// Kept as the bytes that it is in the message: most are only carried along. A part that cannot be understood spoils a
/// merge, not the message.
/// - Source: configs.md §4.3, §5.4
struct ConfigDiff: Equatable, Sendable {
    /// A canonical dict.
    let encoded: ArraySlice<UInt8>

    private static let removed = [ConfigMark.minus]

    /// No change.
    init() { encoded = [ConfigMark.dict, ConfigMark.end] }

    /// Reads the dict that comes next.
    /// - Parameter known: one that it may be, which was read before.
    init(_ reader: inout ConfigReader, knowing known: ConfigDiff? = nil) throws(ConfigError) {
        if let known, let same = reader.skip(known: known.encoded) {
            encoded = same
            return
        }
        guard reader.next == ConfigMark.dict else { throw .malformed }
        encoded = try reader.canonicalValue()
    }

    /// - Parameters: both without empty sets and dicts.
    init(from old: ConfigDict, to new: ConfigDict) {
        var writer = ConfigWriter()
        Self.write(from: old, to: new, &writer)
        encoded = writer.bytes[...]
    }

    private static func write(from old: ConfigDict, to new: ConfigDict, _ writer: inout ConfigWriter) {
        writer.begin(ConfigMark.dict)
        ConfigDict.compare(old, new) { key, former, value in
            writer.string(key)
            switch value ?? former {
            case .scalar: writer.string(value == nil ? removed : [])
            case .set: write(from: former?.set ?? [], to: value?.set ?? [], &writer)
            case .dict: write(from: former?.dict ?? [:], to: value?.dict ?? [:], &writer)
            case nil: break
            }
        }
        writer.end()
    }

    private static func write(from old: Set<ConfigScalar>, to new: Set<ConfigScalar>, _ writer: inout ConfigWriter) {
        writer.begin(ConfigMark.list)
        writer.set(new.subtracting(old))
        writer.set(old.subtracting(new))
        writer.end()
    }

    /// Brings the changes into `data`, with the values of `source`.
    func apply(to data: inout ConfigDict, from source: ConfigDict) throws(ConfigError) {
        var reader = ConfigReader(encoded)
        try Self.apply(&reader, to: &data, from: source)
    }

    private static func apply(
        _ changes: inout ConfigReader, to data: inout ConfigDict, from source: ConfigDict
    ) throws(ConfigError) {
        try changes.begin(ConfigMark.dict)
        while !changes.skip(ConfigMark.end) {
            let key = Array(try changes.string())
            switch (changes.next, source[key]) {
            case (ConfigMark.dict?, .dict(let inner)?):
                var target = data[key]?.dict ?? [:]
                data[key] = nil
                try apply(&changes, to: &target, from: inner)
                data[key] = .dict(target)
            case (ConfigMark.list?, .set?): data[key] = .set(try applied(&changes, to: data[key]?.set ?? []))
            // The source does not hold what the change speaks of.
            case (_, nil), (ConfigMark.dict?, _), (ConfigMark.list?, _):
                try changes.skipValue()
                data[key] = nil
            case (ConfigMark.int?, _): throw .malformed
            case (_, let value?):
                let word = try changes.string()
                // Only of a scalar a word can speak.
                guard value.scalar != nil, !word.elementsEqual(removed) else {
                    data[key] = nil
                    continue
                }
                guard word.isEmpty else { throw .malformed }
                data[key] = value
            }
        }
    }

    private static func applied(
        _ changes: inout ConfigReader, to set: Set<ConfigScalar>
    ) throws(ConfigError) -> Set<ConfigScalar> {
        var set = set
        try changes.begin(ConfigMark.list)
        try changes.begin(ConfigMark.list)
        while !changes.skip(ConfigMark.end) { set.insert(try changes.scalar()) }
        try changes.begin(ConfigMark.list)
        while !changes.skip(ConfigMark.end) { set.remove(try changes.scalar()) }
        try changes.begin(ConfigMark.end)
        return set
    }

    // MARK: Looking

    /// The scalars and sets that it speaks of, and whether it takes any scalar away. What cannot be understood is left out.
    var leaves: (paths: Set<[[UInt8]]>, takesAway: Bool) {
        var found: (paths: Set<[[UInt8]]>, takesAway: Bool) = ([], false)
        var reader = ConfigReader(encoded)
        try? Self.collect(&reader, at: [], in: &found)  // what was found so far is all there is
        return found
    }

    private static func collect(
        _ changes: inout ConfigReader, at path: [[UInt8]], in found: inout (paths: Set<[[UInt8]]>, takesAway: Bool)
    ) throws(ConfigError) {
        try changes.begin(ConfigMark.dict)
        while !changes.skip(ConfigMark.end) {
            let path = path + [Array(try changes.string())]
            guard changes.next != ConfigMark.dict else {
                try collect(&changes, at: path, in: &found)
                continue
            }
            let change = try changes.rawValue()
            found.paths.insert(path)
            if change.last == ConfigMark.minus { found.takesAway = true }
        }
    }
}
