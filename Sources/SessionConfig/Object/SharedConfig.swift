import SessionWire
import SodiumKit

/// One config with all that this device knows about where it stands in the swarm. A value: copy it to look at it, keep
/// the one that was changed. Purely computing: storing and fetching is for whoever holds it.
/// - Source: configs.md §6
public struct SharedConfig: Sendable {
    /// Numbered as in the reference's dumps.
    enum State: Int64, Sendable { case clean, dirty, waiting }

    /// Where the data stands.
    enum Content: Sendable {
        case settled(ConfigMessage)
        case draft(ConfigDraft)
    }

    public let kind: ConfigKind
    let keys: ConfigKeys
    var content: Content
    var state = State.clean
    /// The stored messages that hold the present state; several if it is long.
    var currentHashes: [String] = []
    /// Stored messages that are of no use any more and were not yet handed out.
    var obsoleteHashes: Set<String> = []
    var parts = PartSets()
    /// What stood there before.
    var former = FormerLeaves()
    /// Something changed that a restart must not lose.
    public internal(set) var needsDump = false

    /// A config that nobody has written yet.
    public init(_ kind: ConfigKind, keys: ConfigKeys) {
        (self.kind, self.keys) = (kind, keys)
        content = .settled(.empty)
    }

    // MARK: Looking

    /// Whether the swarm does not have the present state, as far as we know.
    public var needsPush: Bool { state != .clean }
    public var isDirty: Bool { state == .dirty }

    public var sequence: Int64 {
        switch content {
        case .settled(let message): message.sequence
        case .draft(let draft): draft.sequence
        }
    }

    /// All keys, those of later versions included.
    public var data: ConfigDict {
        switch content {
        case .settled(let message): message.data
        case .draft(let draft): draft.data
        }
    }

    /// The stored messages of the present state.
    public var storedHashes: [String] { currentHashes }

    /// Stored messages that must be kept alive.
    /// - Source: configs.md §6.6
    public var activeHashes: [String] { (currentHashes + parts.messageIDs).sorted() }

    /// Stored messages that the next push will ask to delete.
    public var obsolete: [String] { obsoleteHashes.sorted() }

    // MARK: Changing

    /// Changes the data. A change that makes no difference leaves everything as it was.
    /// - Throws: `.readOnly` for a group whose admin we are not, and whatever `body` throws; nothing is changed then.
    public mutating func edit(_ body: (inout ConfigDict) throws(ConfigError) -> Void) throws(ConfigError) {
        let before = data
        var after = before
        try body(&after)
        guard after != before else { return }
        guard !keys.isReadOnly else { throw .readOnly }
        var draft = nextDraft()
        draft.data = after
        setState(.dirty)
        content = .draft(draft)
        former.note(before, against: after, at: draft.sequence)
    }

    /// The state that changes go into.
    private func nextDraft() -> ConfigDraft {
        switch content {
        case .draft(let draft): draft
        case .settled(let message): ConfigDraft(following: message)
        }
    }

    mutating func setState(_ new: State) {
        if state == .clean {
            obsoleteHashes.formUnion(currentHashes)
            currentHashes = []
        }
        state = new
        needsDump = true
    }

    /// The present state as a message.
    var message: ConfigMessage {
        switch content {
        case .settled(let message): message
        case .draft(let draft): draft.settled(signer: keys.signer)
        }
    }
}
