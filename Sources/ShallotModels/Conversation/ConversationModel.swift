public import Foundation
public import Observation
public import SessionWire
public import ShallotCore
import ShallotStore

/// One open conversation: a window of at most 150 rows that follows the database, the draft, and what can be done.
@Observable
public final class ConversationModel {
    /// Where the view stands after the first load.
    public enum Opening: Equatable, Sendable {
        case bottom
        /// The unread line, at one third of the height.
        case unreadLine
        /// Where it was left earlier in this run: this row, so many pixels below the top of the view.
        case row(MessageRow.ID, offset: Double)
    }

    public let id: ConversationID
    public internal(set) var rows: [MessageRow] = []
    /// `nil` until the database answered.
    public internal(set) var header: ConversationHeader?
    /// It was opened as a message request and is none any more: it has a place in the list.
    public internal(set) var wasAccepted = false
    public internal(set) var opening: Opening?
    public internal(set) var hasOlder = false
    public internal(set) var hasNewer = false
    /// Older messages take long enough to come that somebody wonders.
    public internal(set) var isWaitingForOlder = false
    public var notice: Notice? { didSet { again = nil } }
    /// Does once more what the notice is about; `nil` where somebody has to begin it anew.
    @ObservationIgnored public internal(set) var again: (() async -> Void)?

    /// The view is within 40 px of the newest message and wants to stay there.
    public var isFollowing = true { didSet { if isFollowing != oldValue { seenMayHaveChanged() } } }
    /// The window is in front and the conversation visible in it.
    public var isFocused = false { didSet { if isFocused != oldValue { seenMayHaveChanged() } } }

    public var draft = "" {
        didSet {
            guard draft != oldValue else { return }
            hasTyped = true
            guard !isRestoringDraft else { return }
            notice = nil
            keeper.changed(to: draft)
        }
    }

    @ObservationIgnored let messenger: Messenger
    @ObservationIgnored let own: AccountID
    @ObservationIgnored let surroundings: Surroundings
    @ObservationIgnored let undo: UndoModel
    @ObservationIgnored let loader: WindowLoader
    @ObservationIgnored var window = RowWindow()
    @ObservationIgnored var unread: UnreadMark?
    @ObservationIgnored var hidden: Set<MessageID> = []
    @ObservationIgnored var unfolded: Set<MessageID> = []
    @ObservationIgnored let accountSince: Date?
    @ObservationIgnored var turn: Task<Void, Never>?
    @ObservationIgnored var sendTurn: Task<Void, Never>?
    @ObservationIgnored var seenThrough: Date?
    @ObservationIgnored var markedThrough: Date?
    @ObservationIgnored var hasTyped = false
    @ObservationIgnored private var isRestoringDraft = false
    @ObservationIgnored private(set) lazy var keeper = makeKeeper()

    public init(
        _ id: ConversationID, messenger: Messenger, own: AccountID, undo: UndoModel,
        surroundings: Surroundings = Surroundings(), accountSince: Date? = nil
    ) {
        (self.id, self.messenger, self.own, self.undo) = (id, messenger, own, undo)
        (self.surroundings, self.accountSince) = (surroundings, accountSince)
        loader = WindowLoader(store: messenger.store, conversation: id)
    }

    private func makeKeeper() -> DraftKeeper {
        DraftKeeper(sleep: surroundings.sleep) { [weak self, messenger, id] text in
            do { try await messenger.saveDraft(text, for: id) } catch { self?.notice = Notice(error) }
        }
    }

    /// Changes what the field shows without writing it down.
    func setSilently(draft text: String) {
        isRestoringDraft = true
        draft = text
        isRestoringDraft = false
    }

    /// Writes down what is not written yet. The view calls it when the conversation is left.
    public func leave() async {
        isFocused = false
        await keeper.flush()
    }
}
