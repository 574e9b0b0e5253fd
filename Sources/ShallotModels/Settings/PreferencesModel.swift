public import Observation
import SessionNetwork
public import SessionWire
public import ShallotCore
public import ShallotStore

/// What the preferences window shows and changes. Everything takes effect at once.
@Observable
public final class PreferencesModel {
    public let accountID: AccountID
    public let settings: AccountSettings
    public let calls: CallsModel?
    /// The display name as it is edited; `saveName` keeps it.
    public var name: String { didSet { if name != oldValue { notice = nil } } }
    public private(set) var savedName: String
    public private(set) var notice: Notice?
    public private(set) var isPhraseSaved: Bool
    public private(set) var network: NetworkSummary

    public var appearance: Appearance {
        didSet {
            guard appearance != oldValue else { return }
            local.appearance = appearance
            applyAppearance(appearance)
        }
    }

    /// Closing the window leaves the program running. Off means quitting, and no question either.
    public var keepsRunning: Bool {
        didSet { if keepsRunning != oldValue { local.closing = keepsRunning ? .hide : .quit } }
    }
    public private(set) var startsAtLogin: Bool
    public private(set) var backgroundNotice: Notice?

    private let messenger: Messenger
    private let local: LocalSettings
    private let clipboard: ClipboardAccess
    private let surroundings: Surroundings
    private let applyAppearance: (Appearance) -> Void
    private let phraseSaved: () -> Void
    private let clearData: () async throws -> Void
    private let autostart: AutostartAccess?
    private let debugLog: DebugLog
    /// The page about the network's servers; `nil` where the network is fixed.
    public let servers: NetworkServersModel?

    public init(
        messenger: Messenger, account: AccountRecord, settings: AccountSettings, local: LocalSettings,
        clipboard: ClipboardAccess,
        surroundings: Surroundings, applyAppearance: @escaping (Appearance) -> Void, phraseSaved: @escaping () -> Void,
        clearData: @escaping () async throws -> Void, autostart: AutostartAccess? = nil,
        debugLog: DebugLog = DebugLog(), servers: NetworkServersModel? = nil,
        calls: CallsModel? = nil
    ) {
        (self.messenger, self.settings, self.local, self.clipboard) = (messenger, settings, local, clipboard)
        (self.surroundings, self.applyAppearance, self.clearData) = (surroundings, applyAppearance, clearData)
        (self.phraseSaved, self.autostart) = (phraseSaved, autostart)
        (self.debugLog, self.servers, self.calls) = (debugLog, servers, calls)
        keepsRunning = local.closing == .hide
        startsAtLogin = autostart?.isOn() ?? false
        accountID = account.accountID
        (name, savedName, isPhraseSaved) = (account.displayName, account.displayName, account.isPhraseSaved)
        appearance = local.appearance
        network = NetworkSummary(messenger.network.status)
    }

    /// Follows the network's state until the calling task is cancelled.
    public func run() async {
        for await status in messenger.network.statusUpdates() {
            let fresh = NetworkSummary(status)
            if fresh != network { network = fresh }
        }
    }

    // MARK: Profile

    public var nameCounter: String? { NameCheck.counter(name) }
    /// An account that came back without a profile is not blamed for it.
    public var nameProblem: String? {
        isNameMissing && name.isEmpty ? notice?.text : NameCheck(name).problem ?? notice?.text
    }
    public var nameHint: String {
        isNameMissing
            ? tr("If your profile arrives later, it is used instead.")
            : tr("Contacts see this name. You can change it whenever you like.")
    }
    private var isNameMissing: Bool { savedName.isEmpty }
    public var canSaveName: Bool { NameCheck(name) == .fits && name.trimmed != savedName }

    public func saveName() async {
        guard canSaveName else { return }
        let fresh = name.trimmed
        do {
            try await messenger.setDisplayName(fresh)
            savedName = fresh
        } catch { notice = Notice(error) }
    }

    public var accountIDModel: AccountIDModel { AccountIDModel(accountID: accountID, displayName: savedName) }

    // MARK: Background

    /// Whether it can be set that the program starts with the desktop.
    public var canStartAtLogin: Bool { autostart != nil }

    public func setStartsAtLogin(_ isOn: Bool) {
        guard let autostart, isOn != startsAtLogin else { return }
        backgroundNotice = nil
        do { try autostart.set(isOn) } catch {
            backgroundNotice = Notice(
                text: tr("This could not be set: the folder of your settings cannot be written to."))
        }
        startsAtLogin = autostart.isOn()
    }

    // MARK: Security

    /// Where the key of the database is kept.
    public var keyStorage: (title: String, subtitle: String) {
        switch messenger.keyLocation {
        case .keyring: (tr("Desktop key ring"), tr("The key for your data is kept in your desktop's key ring."))
        case .file:
            (
                tr("Key file"),
                tr(
                    "This desktop has no key ring that Shallot can use. The key lies in a file beside your data: whoever can read your files can read your messages."
                )
            )
        }
    }

    // MARK: Pages

    public func phraseModel() -> RecoveryPhraseModel {
        RecoveryPhraseModel(messenger: messenger, clipboard: clipboard, surroundings: surroundings) { [weak self] in
            self?.isPhraseSaved = true
            self?.phraseSaved()
        }
    }

    public func pathModel() -> NetworkPathModel {
        NetworkPathModel(network: messenger.network, surroundings: surroundings)
    }

    public func hostsModel() -> ContactedHostsModel {
        ContactedHostsModel(network: messenger.network, surroundings: surroundings)
    }

    public func debugLogModel() -> DebugLogModel { DebugLogModel(debugLog, surroundings: surroundings) }

    public func clearDataModel() -> ClearDataModel { ClearDataModel(displayName: savedName, clearData: clearData) }

    public func copy(_ text: String) { clipboard.set(text) }
}
