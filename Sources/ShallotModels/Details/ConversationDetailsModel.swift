public import Observation
public import SessionWire
public import ShallotCore
import ShallotStore

/// The pane beside a conversation: who it is with and what can be done about it.
@Observable
public final class ConversationDetailsModel {
    public let id: ConversationID
    public let accountID: AccountID?
    public private(set) var title = ""
    /// The name that the person chose, when a nickname stands before it.
    public private(set) var ownName: String?
    public private(set) var avatar: AvatarLook
    public private(set) var isNoteToSelf = false
    public private(set) var isContact = false
    public private(set) var isBlocked = false
    public private(set) var isPinned = false
    public private(set) var isMuted = false
    public private(set) var canBeCalled = false
    /// What counts for calls with this person instead of the setting for everybody; `nil` for nothing else.
    public private(set) var callMode: CallMode?
    /// The nickname as it is edited; `saveNickname` keeps it.
    public var nickname = ""
    public var notice: Notice?

    private let list: ConversationListModel
    private let messenger: Messenger
    private let surroundings: Surroundings
    @ObservationIgnored private var savedNickname: String?

    public init(
        _ id: ConversationID, list: ConversationListModel, messenger: Messenger,
        surroundings: Surroundings = Surroundings()
    ) {
        (self.id, accountID, self.list, self.messenger) = (id, id.accountID, list, messenger)
        self.surroundings = surroundings
        avatar = AvatarLook(name: "", id: id)
    }

    /// Follows the database until the calling task is cancelled.
    public func run() async {
        await loadCallMode()
        do {
            for try await summary in messenger.store.conversationObservation(id) {
                if let summary { show(summary) }
            }
        } catch { notice = Notice(error) }
    }

    private func show(_ summary: ConversationSummary) {
        title = summary.title
        isNoteToSelf = summary.isNoteToSelf
        avatar = AvatarLook(name: title, id: id, isNoteToSelf: isNoteToSelf)
        let contact = summary.contact
        isContact = contact?.isApproved ?? false
        isBlocked = contact?.isBlocked ?? false
        canBeCalled = summary.canBeCalled
        isPinned = summary.conversation.priority > 0
        isMuted = summary.isMuted(at: surroundings.now())
        ownName = contact?.nickname == nil ? nil : contact?.name
        let stored = contact?.nickname ?? ""
        if stored != savedNickname {
            savedNickname = stored
            nickname = stored
        }
    }

    /// The Account ID in groups, to read and compare.
    public var groupedID: String? { accountID?.grouped }
    public var qrPayload: String? { accountID?.description }

    public var nicknameProblem: String? {
        if case .tooLong = NameCheck(nickname) { NameCheck(nickname).problem } else { nil }
    }

    public func saveNickname() async {
        guard nicknameProblem == nil, nickname.trimmed != savedNickname else { return }
        await list.setNickname(id, nickname)
    }

    // MARK: Calls

    /// What can be chosen: `nil` is what counts for everybody.
    public static var callModes: [CallMode?] { [nil, .relayOnly, .direct] }

    private func loadCallMode() async {
        guard let accountID else { return }
        do { callMode = try await messenger.callMode(of: accountID) } catch { notice = Notice(error) }
    }

    public func setCallMode(_ mode: CallMode?) async {
        guard let accountID, mode != callMode else { return }
        do {
            try await messenger.setCallMode(mode, of: accountID)
            callMode = mode
        } catch { notice = Notice(error) }
    }

    public func setPinned(_ value: Bool) async { if value != isPinned { await list.setPinned(id, value) } }
    public func setMuted(_ mute: ConversationListModel.Mute?) async { await list.setMuted(id, mute) }
    public func setBlocked(_ value: Bool) async { if value != isBlocked { await list.setBlocked(id, value) } }
    public func clearMessages() async { await list.clearMessages(id) }
    public func deleteConversation() async { await list.deleteConversation(id) }
    public func deleteContact() async { await list.deleteContact(id) }
}
