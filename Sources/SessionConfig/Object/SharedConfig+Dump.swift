import Foundation
import SessionWire

/// Keeping a config on disk: the reference's form, and two keys more where that form loses something (`b` and `h`).
/// - Source: configs.md §8
extension SharedConfig {
    /// All that has to be kept. Holds secrets: for the encrypted database only.
    /// - Parameter withFormer: what stood there before too, which the reference does not remember.
    public mutating func dump(withFormer: Bool = true) -> [UInt8] {
        needsDump = false
        if keys.isReadOnly { obsoleteHashes = [] }
        let (message, base): ([UInt8], ConfigDict?) =
            switch content {
            case .settled(let message): (message.bytes, nil)
            case .draft(let draft): (draft.state.encoded(signer: keys.signer), draft.base)
            }
        var writer = ConfigWriter(capacity: message.count + (base?.sizeHint ?? 0) + Self.otherBytes)
        writer.begin(ConfigMark.dict)
        writer.string("!".utf8)
        writer.int(state.rawValue)
        writer.string("$".utf8)
        writer.string(message)
        for (key, value) in [
            ("(", BTValue.list(currentHashes.map(BTValue.text))), (")", .list(obsolete.map(BTValue.text))),
            ("*", parts.bencoded), ("+", .dict([:])),
        ] {
            writer.string(key.utf8)
            writer.append(value.encoded())
        }
        // Without it the next diff would name everything, and devices would disagree for no reason.
        if let base {
            writer.string("b".utf8)
            base.write(to: &writer)
        }
        if withFormer, !former.isEmpty {
            writer.string("h".utf8)
            writer.append(former.bencoded.encoded())
        }
        writer.end()
        return writer.bytes
    }

    /// What hashes and keys of a dump take up as a rule.
    private static let otherBytes = 1_024

    /// Takes up what was kept.
    /// - Throws: ``ConfigError`` if it is damaged.
    public init(_ kind: ConfigKind, keys: ConfigKeys, dump: [UInt8]) throws(ConfigError) {
        self.init(kind, keys: keys)
        var reader = ConfigReader(dump)
        var (state, bytes): (State?, ArraySlice<UInt8>?)
        var draft: ConfigDraft?
        try reader.begin(ConfigMark.dict)
        var last: Range<Int>?
        while !reader.skip(ConfigMark.end) {
            switch String(decoding: try reader.key(after: &last), as: UTF8.self) {
            case "!": state = State(rawValue: try reader.integer())
            case "$": bytes = try reader.string()
            case "(": currentHashes = Self.hashes(try reader.value())
            case ")": obsoleteHashes = Set(Self.hashes(try reader.value()))
            case "*": parts = PartSets(try reader.value())
            case "b":
                let state = try ConfigState(bytes ?? [])
                draft = ConfigDraft(state, base: try reader.data(knowing: state.data))
            case "h": former = FormerLeaves(try reader.value())
            default: _ = try reader.rawValue()
            }
        }
        guard let state, let bytes else { throw .malformed }
        self.state = state
        if state == .dirty, let draft {
            content = .draft(draft)
        } else {
            let message = try ConfigMessage(Array(bytes))
            // Dirty without a base: kept by the reference, which loses it, so that one number is left out.
            content = state == .dirty ? .draft(ConfigDraft(following: message)) : .settled(message)
        }
    }

    /// A list of texts, or one text in older dumps.
    private static func hashes(_ value: BTValue) -> [String] {
        if let one = value.textValue { return one.isEmpty ? [] : [one] }
        return value.listValue?.compactMap(\.textValue) ?? []
    }
}
