import Foundation
public import Observation
import SessionNetwork
public import SessionWire
public import ShallotCore
public import ShallotStore

/// Everything behind the main window of an open account.
@Observable
public final class MainModel {
    public internal(set) var account: AccountRecord
    public let messenger: Messenger
    public let list: ConversationListModel
    public let requests: RequestsModel
    public let undo: UndoModel
    public let banner = BannerModel()
    public let settings: AccountSettings
    public let calls: CallsModel
    public internal(set) var network: NetworkSummary
    /// The open conversation.
    public private(set) var conversation: ConversationModel?
    /// The recovery phrase page was asked for and should be opened.
    public var showsPhrase = false
    /// The conversation that was open when the app quit; it should be opened again.
    public private(set) var restoredConversation: ConversationID?
    public internal(set) var notice: Notice?
    /// How many messages came since nothing more waited on the network.
    var arrivals = 0
    /// The window has the keyboard.
    public var isActive = false {
        didSet {
            if isActive { isHidden = false }
            if isActive != oldValue { focusChanged() }
        }
    }
    /// No window is open: the program goes on without being seen.
    public var isHidden = false { didSet { if isHidden != oldValue { focusChanged() } } }
    /// The conversation is on the screen: false when a narrow window shows the list instead.
    public var isConversationVisible = false { didSet { if isConversationVisible != oldValue { focusChanged() } } }
    public var isRequestsVisible = false { didSet { if isRequestsVisible != oldValue { focusChanged() } } }

    @ObservationIgnored let dependencies: AppDependencies
    @ObservationIgnored var planner: NotificationPlanner
    @ObservationIgnored private var places: [ConversationID: (row: MessageRow.ID, offset: Double)] = [:]
    @ObservationIgnored private let clearData: () async throws -> Void
    @ObservationIgnored private let changeNetwork: (NetworkServersModel.Change) async throws -> Void

    init(
        messenger: Messenger, account: AccountRecord, dependencies: AppDependencies,
        clearData: @escaping () async throws -> Void,
        changeNetwork: @escaping (NetworkServersModel.Change) async throws -> Void
    ) {
        (self.messenger, self.account, self.dependencies) = (messenger, account, dependencies)
        (self.clearData, self.changeNetwork) = (clearData, changeNetwork)
        let surroundings = dependencies.surroundings
        undo = UndoModel(surroundings: surroundings)
        list = ConversationListModel(messenger: messenger, surroundings: surroundings)
        requests = RequestsModel(messenger: messenger, undo: undo, surroundings: surroundings)
        settings = AccountSettings(store: messenger.store)
        let devices = Late<CallDevicesModel>()
        calls = CallsModel(
            actions: CallActions(messenger) { withVideo in
                dependencies.callMedia(withVideo) { devices.value?.device(for: $0) }
            }, surroundings: surroundings,
            name: { [list] in list.row(.account($0))?.title ?? $0.shortened },
            isMuted: { [list] in list.mutedConversations.contains(.account($0)) },
            saveMode: { try await messenger.setCallMode($0) },
            saveDevices: { try await messenger.store.setPreference(.callDevices, to: $0) })
        devices.value = calls.devices
        network = NetworkSummary(messenger.network.status)
        planner = NotificationPlanner { UUID().uuidString }
        banner.isPhraseSaved = account.isPhraseSaved
    }

    public var accountID: AccountID { account.accountID }

    /// With fewer waiting messages nobody needs to be told that more are coming.
    nonisolated static let backlog = 50
    /// "Fetching messages… 120" while many come in after an absence.
    public var fetchingText: String? {
        arrivals < Self.backlog ? nil : tr("Fetching messages… {n}", ["n": arrivals.formatted()])
    }

    /// Starts the messenger and follows everything until the calling task is cancelled.
    public func run() async {
        await settings.load()
        await calls.load { try await messenger.callMode() }
        await calls.devices.load { try await messenger.store.preference(.callDevices) }
        await restoreConversation()
        await withDiscardingTaskGroup { group in
            group.addTask { await self.list.run() }
            group.addTask { await self.requests.run() }
            group.addTask { await self.followEvents() }
            group.addTask { await self.followNetwork() }
            group.addTask { await self.followAccount() }
            group.addTask { await self.askForName() }
            group.addTask { await self.followDays() }
            group.addTask { await self.followReading() }
            group.addTask {
                await self.messenger.moveKeyToKeyring()
                await self.messenger.start()
            }
        }
    }

    // MARK: Conversations

    /// Opens a conversation; the one before is left, with its draft written down.
    public func open(_ id: ConversationID) {
        guard conversation?.id != id else { return }
        leaveConversation()
        conversation = ConversationModel(
            id, messenger: messenger, own: account.accountID, undo: undo, surroundings: dependencies.surroundings,
            accountSince: account.createdAt)
        list.selection = id
        settings.openConversation = id
        focusChanged()
    }

    /// Offers the conversation of last time, unless it is gone or something else was opened meanwhile.
    private func restoreConversation() async {
        do {
            guard let id = settings.openConversation, let found = try await messenger.store.conversation(id) else {
                return
            }
            if conversation == nil, !found.isRequest { restoredConversation = id }
        } catch { notice = Notice(error) }
        settings.openConversation = conversation?.id ?? restoredConversation
    }

    public func closeConversation() {
        leaveConversation()
        conversation = nil
        list.selection = nil
        settings.openConversation = nil
    }

    /// Where the view of a conversation stood when it was left earlier in this run.
    public func place(in id: ConversationID) -> (row: MessageRow.ID, offset: Double)? { places[id] }

    /// - Parameter place: `nil` when the view stood at the bottom, where it will stand again.
    public func remember(_ place: (row: MessageRow.ID, offset: Double)?, in id: ConversationID) { places[id] = place }

    private func leaveConversation() {
        guard let conversation else { return }
        Task { await conversation.leave() }
    }

    private func focusChanged() {
        conversation?.isFocused = isActive && isConversationVisible
        if isRequestsVisible { planner.requestsSeen().forEach(dependencies.notify) }
        // By the time this runs more may have changed: what is true then counts.
        Task { await messenger.setAttention(isActive ? .focused : isHidden ? .hidden : .visible) }
    }

    // MARK: Pages

    public func newConversation() -> NewConversationModel { NewConversationModel(messenger: messenger, own: accountID) }

    public func details(of id: ConversationID) -> ConversationDetailsModel {
        ConversationDetailsModel(id, list: list, messenger: messenger, surroundings: dependencies.surroundings)
    }

    /// Reads the account again: its name may have changed since the start.
    public func preferences() async -> PreferencesModel? {
        do {
            guard let account = try await messenger.account() else { return nil }
            return PreferencesModel(
                messenger: messenger, account: account, settings: settings, local: dependencies.local,
                clipboard: dependencies.clipboard, surroundings: dependencies.surroundings,
                applyAppearance: dependencies.applyAppearance,
                phraseSaved: { [weak self] in self?.banner.isPhraseSaved = true },
                clearData: clearData, autostart: dependencies.autostart, debugLog: dependencies.debugLog,
                servers: dependencies.network.map { [messenger, changeNetwork] choice in
                    NetworkServersModel(
                        definition: messenger.network.definition, source: choice.source, change: changeNetwork)
                }, calls: calls)
        } catch {
            notice = Notice(error)
            return nil
        }
    }

    /// Makes final what waits, writes what is not written.
    func leave() async {
        await undo.finish()
        await conversation?.leave()
        await settings.settle()
        planner.clear().forEach(dependencies.notify)
    }
}

/// Something that is known only when what needs it has been made.
private final class Late<Value: AnyObject> {
    weak var value: Value?
}
