/// Keys with what they hold, in ascending order of the keys' bytes.
///
/// A config of many contacts is read, changed in one place, and written again. So what came in a message stays the bytes
/// that it was there until somebody changes it: reading makes no tree, writing copies bytes.
/// - Source: configs.md §3
public struct ConfigDict: Sendable {
    struct Member: Equatable, Sendable {
        let key: ArraySlice<UInt8>
        var value: ConfigValue
    }

    private enum Content: Sendable {
        /// Ascending, no key twice, no empty sets and dicts.
        case members([Member])
        case encoded(EncodedDict)
    }

    private var content: Content

    public init() { content = .members([]) }

    /// - Parameter members: ascending, no key twice, no empty sets and dicts.
    init(members: [Member]) { content = .members(members) }

    init(_ encoded: EncodedDict) { content = .encoded(encoded) }

    // MARK: Looking

    public var isEmpty: Bool { if case .members(let members) = content { members.isEmpty } else { false } }

    public var count: Int { members.count }

    var members: [Member] {
        switch content {
        case .members(let members): members
        case .encoded(let encoded): encoded.members
        }
    }

    var encodedForm: EncodedDict? { if case .encoded(let encoded) = content { encoded } else { nil } }

    func value(_ key: some Collection<UInt8>) -> ConfigValue? {
        switch content {
        case .encoded(let encoded): return encoded.value(key)
        case .members(let members):
            let place = Self.place(of: key, in: members)
            return place.isTaken ? members[place.index].value : nil
        }
    }

    /// Where a key stands, or would stand.
    private static func place(of key: some Collection<UInt8>, in members: [Member]) -> (index: Int, isTaken: Bool) {
        // Whoever writes many goes on at the end.
        guard let last = members.last, !last.key.lexicographicallyPrecedes(key) else { return (members.count, false) }
        var (low, high) = (0, members.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if members[middle].key.lexicographicallyPrecedes(key) { low = middle + 1 } else { high = middle }
        }
        return (low, members[low].key.elementsEqual(key))
    }

    /// Keys that hold something else than in `other`, or are in one of the two only; ascending.
    public func keys(differingFrom other: ConfigDict) -> [ArraySlice<UInt8>] {
        var keys: [ArraySlice<UInt8>] = []
        Self.compare(other, self) { key, _, _ in keys.append(key) }
        return keys
    }

    /// Walks through what two dicts do not have in common, in ascending order of the keys.
    static func compare(
        _ old: ConfigDict, _ new: ConfigDict, _ body: (ArraySlice<UInt8>, ConfigValue?, ConfigValue?) -> Void
    ) {
        if let old = old.encodedForm, let new = new.encodedForm, !old.isRecord, !new.isRecord {
            let (oldRest, newRest) = EncodedDict.differences(old, new)
            return compare(oldRest, newRest, body)
        }
        compare(old.members, new.members, body)
    }

    private static func compare(
        _ old: [Member], _ new: [Member], _ body: (ArraySlice<UInt8>, ConfigValue?, ConfigValue?) -> Void
    ) {
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            let isOld = right == new.count || (left < old.count && !new[right].precedes(old[left]))
            let isNew = left == old.count || (right < new.count && !old[left].precedes(new[right]))
            if isOld, isNew {
                if old[left].value != new[right].value { body(new[right].key, old[left].value, new[right].value) }
            } else if isOld {
                body(old[left].key, old[left].value, nil)
            } else {
                body(new[right].key, nil, new[right].value)
            }
            left += isOld ? 1 : 0
            right += isNew ? 1 : 0
        }
    }

    // MARK: Changing

    /// An empty set or dict does not exist: to set it is to remove the key.
    /// - Source: configs.md §3
    public subscript(key: [UInt8]) -> ConfigValue? {
        get { value(key) }
        set {
            var members = members
            content = .members([])  // so that what nobody else holds is changed where it is
            let place = Self.place(of: key, in: members)
            switch (newValue.flatMap { $0.isEmpty ? nil : $0 }, place.isTaken) {
            case (let value?, true): members[place.index].value = value
            case (let value?, false): members.insert(Member(key: key[...], value: value), at: place.index)
            case (nil, true): members.remove(at: place.index)
            case (nil, false): break
            }
            content = .members(members)
        }
    }

    /// Changes the dict at `key`, which comes into being if it is not there, and ceases to be when nothing is left in it.
    /// After an error this dict is of no use any more.
    mutating func change(
        _ key: [UInt8], _ body: (inout ConfigDict) throws(ConfigError) -> Void
    ) throws(ConfigError) {
        // Something that this version cannot read stays until there is anything to be written.
        let other = self[key].flatMap { $0.dict == nil ? $0 : nil }
        var inner = self[key]?.dict ?? [:]
        // Taken out meanwhile: what nobody else holds is changed where it is.
        self[key] = nil
        try body(&inner)
        self[key] = inner.isEmpty ? other : .dict(inner.packed)
    }

    /// What is kept of it by its value.
    func filter(_ isIncluded: (ConfigValue) -> Bool) -> ConfigDict {
        let members = members
        let kept = members.filter { isIncluded($0.value) }
        return kept.count == members.count ? self : ConfigDict(members: kept)
    }

    // MARK: Writing

    /// The same as the bytes that it will be in a message, if it can be kept so.
    private var packed: ConfigDict {
        guard case .members(let members) = content else { return self }
        let isFlat = members.allSatisfy { $0.value.dict.map { $0.encodedForm?.isRecord ?? false } ?? true }
        guard isFlat else { return self }
        var reader = ConfigReader(encoded)
        return (try? reader.data()) ?? self  // our own writing is always read
    }

    func write(to writer: inout ConfigWriter) {
        switch content {
        case .encoded(let encoded): writer.append(encoded.bytes)
        case .members(let members):
            writer.begin(ConfigMark.dict)
            for member in members {
                writer.string(member.key)
                switch member.value {
                case .scalar(let scalar): writer.scalar(scalar)
                case .set(let set): writer.set(set)
                case .dict(let dict): dict.write(to: &writer)
                }
            }
            writer.end()
        }
    }

    /// As it stands in a message.
    var encoded: [UInt8] {
        var writer = ConfigWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// About as many bytes as it has in a message.
    var sizeHint: Int {
        switch content {
        case .encoded(let encoded): encoded.bytes.count
        case .members(let members):
            members.reduce(2) { $0 + $1.key.count + ($1.value.dict.map(\.sizeHint) ?? Self.scalarHint) }
        }
    }

    private static let scalarHint = 40
}

extension ConfigDict.Member {
    fileprivate func precedes(_ other: Self) -> Bool { key.lexicographicallyPrecedes(other.key) }
}

extension ConfigDict: Equatable {
    public static func == (left: ConfigDict, right: ConfigDict) -> Bool {
        switch (left.content, right.content) {
        // There is one way only to write something.
        case (.encoded(let left), .encoded(let right)):
            left.bytes.count == right.bytes.count && left.bytes.commonCount(right.bytes) == left.bytes.count
        case (.members(let left), .members(let right)): left == right
        default: left.members == right.members
        }
    }
}

extension ConfigDict: Sequence {
    public typealias Element = (key: ArraySlice<UInt8>, value: ConfigValue)

    /// In ascending order of the keys.
    public func makeIterator() -> some IteratorProtocol<Element> {
        members.lazy.map { (key: $0.key, value: $0.value) }.makeIterator()
    }
}

extension ConfigDict: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: ([UInt8], ConfigValue)...) {
        self.init()
        for (key, value) in elements { self[key] = value }
    }
}
