import Foundation
import SessionWire

/// Keeping a config on disk: the reference's form, and two keys more where that form loses something.
/// - Source: configs.md §8
extension SharedConfig {
    /// All that has to be kept. Holds secrets: for the encrypted database only.
    public mutating func dump() -> [UInt8] {
        needsDump = false
        if keys.isReadOnly { obsoleteHashes = [] }
        var members: [[UInt8]: BTValue] = [
            Array("!".utf8): .int(state.rawValue), Array("$".utf8): .bytes(message.bytes),
            Array("(".utf8): .list(currentHashes.map(BTValue.text)),
            Array(")".utf8): .list(obsolete.map(BTValue.text)), Array("*".utf8): parts.bencoded,
            Array("+".utf8): .dict([:]),
        ]
        // Without it the next diff would name everything, and devices would disagree for no reason.
        if case .draft(let draft) = content { members[Array("b".utf8)] = draft.base.pruned.bencoded }
        return BTValue.dict(members).encoded()
    }

    /// Takes up what was kept.
    /// - Throws: ``ConfigError`` if it is damaged.
    public init(_ kind: ConfigKind, keys: ConfigKeys, dump: [UInt8]) throws(ConfigError) {
        self.init(kind, keys: keys)
        var reader = ConfigReader(dump)
        let members = try reader.value()
        guard let number = members["!"]?.int64Value, let state = State(rawValue: number),
            let bytes = members["$"]?.bytesValue
        else { throw .malformed }
        let message = try ConfigMessage(bytes)
        self.state = state
        currentHashes = Self.hashes(members["("])
        obsoleteHashes = Set(Self.hashes(members[")"]))
        parts = PartSets(members["*"])
        content = .settled(message)
        guard state == .dirty else { return }
        if let base = members["b"] {
            content = .draft(
                ConfigDraft(
                    sequence: message.sequence, base: try ConfigDict(strict: base), data: message.data,
                    lags: message.lags, unknown: message.unknown))
        } else {
            // Kept by the reference: its base is lost, so that one number is left out.
            content = .draft(ConfigDraft(following: message))
        }
    }

    /// A list of texts, or one text in older dumps.
    private static func hashes(_ value: BTValue?) -> [String] {
        if let one = value?.textValue { return one.isEmpty ? [] : [one] }
        return value?.listValue?.compactMap(\.textValue) ?? []
    }
}
