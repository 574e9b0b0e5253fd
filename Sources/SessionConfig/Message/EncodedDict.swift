/// A dict as it stands in a message: canonical, not empty, checked by the rules of a message.
///
/// Either a *record*, which has no dicts inside, or a list of records, each under its key.
struct EncodedDict: Sendable {
    /// From `d` to `e`.
    let bytes: ArraySlice<UInt8>
    /// Where the members begin, counted from the start of `bytes`; empty for a record.
    let starts: [Int]

    var isRecord: Bool { starts.isEmpty }

    /// - Parameter starts: none for a record.
    init(_ bytes: ArraySlice<UInt8>, starts: [Int] = []) { (self.bytes, self.starts) = (bytes, starts) }

    // What follows reads what was checked before it came here: an error means nothing is there.

    var members: [ConfigDict.Member] {
        var reader = ConfigReader(bytes)
        return (try? reader.members()) ?? []
    }

    func value(_ key: some Collection<UInt8>) -> ConfigValue? {
        guard !isRecord else {
            var reader = ConfigReader(bytes)
            return try? reader.leaf(at: key)
        }
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            guard let member = member(middle) else { return nil }
            if member.key.elementsEqual(key) { return member.value }
            if member.key.lexicographicallyPrecedes(key) { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    private func member(_ index: Int) -> ConfigDict.Member? {
        var reader = ConfigReader(entry(index))
        return try? reader.member()
    }

    /// Key and value of one member.
    private func entry(_ index: Int) -> ArraySlice<UInt8> {
        bytes[(bytes.startIndex + starts[index])..<(bytes.startIndex + end(index))]
    }

    /// The first member from `index` on whose key is greater than `key`.
    func index(after key: ArraySlice<UInt8>, from index: Int) -> Int {
        var index = index
        while index < starts.count, let known = member(index)?.key, !key.lexicographicallyPrecedes(known) { index += 1 }
        return index
    }

    /// How many members from `index` on stand in `other` at `offset` as they stand here.
    /// - Returns: the index after them, and how many bytes they have; `nil` for none.
    func run(from index: Int, in other: ArraySlice<UInt8>, at offset: Int) -> (end: Int, count: Int)? {
        guard index < starts.count else { return nil }
        let start = starts[index]
        let same = bytes.dropFirst(start).commonCount(other.dropFirst(offset))
        var end = index
        while end < starts.count, self.end(end) - start <= same { end += 1 }
        return end > index ? (end, self.end(end - 1) - start) : nil
    }

    private func end(_ index: Int) -> Int { index + 1 < starts.count ? starts[index + 1] : bytes.count - 1 }

    /// The members that the other one has not, of two lists of records.
    static func differences(_ old: Self, _ new: Self) -> ([ConfigDict.Member], [ConfigDict.Member]) {
        var rest: ([ConfigDict.Member], [ConfigDict.Member]) = ([], [])
        var (left, right) = (0, 0)
        while left < old.starts.count, right < new.starts.count {
            if let run = old.run(from: left, in: new.bytes, at: new.starts[right]) {
                (left, right) = (run.end, right + run.end - left)
                continue
            }
            guard let former = old.member(left), let member = new.member(right) else { break }
            if !member.key.lexicographicallyPrecedes(former.key) {
                rest.0.append(former)
                left += 1
            }
            if !former.key.lexicographicallyPrecedes(member.key) {
                rest.1.append(member)
                right += 1
            }
        }
        rest.0 += (left..<old.starts.count).compactMap(old.member)
        rest.1 += (right..<new.starts.count).compactMap(new.member)
        return rest
    }
}

extension ArraySlice<UInt8> {
    /// How many bytes at the start are the same in both.
    func commonCount(_ other: ArraySlice<UInt8>) -> Int {
        let count = Swift.min(count, other.count)
        return withUnsafeBytes { one in
            other.withUnsafeBytes { other in
                var place = 0
                // Word by word as long as it goes.
                while place + 8 <= count,
                    one.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                        == other.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                { place += 8 }
                while place < count, one[place] == other[place] { place += 1 }
                return place
            }
        }
    }

    /// Whether `other` stands at `offset`, counted from the start.
    func holds(_ other: ArraySlice<UInt8>, at offset: Int) -> Bool {
        dropFirst(offset).commonCount(other) == other.count
    }
}
