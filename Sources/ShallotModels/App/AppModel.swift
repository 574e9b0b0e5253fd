public import Observation
import SessionNetwork
import SessionWire
public import ShallotCore
import ShallotStore

/// What the app hands in from outside.
public struct AppDependencies {
    /// Opens the profile.
    public var open: @Sendable () async throws(OpenError) -> Messenger
    /// Destroys the profile's files when they cannot be opened any more.
    public var erase: @Sendable () async throws -> Void
    /// Lets the desktop ask for the password of its key ring.
    public var unlockKeyring: @Sendable () async throws -> Void = {}
    /// Which network definition counts; `nil` where there is no choice.
    public var network: NetworkChoice?
    /// Starting with the desktop; `nil` where that cannot be set.
    public var autostart: AutostartAccess?
    /// What the program noted about its own work.
    public var debugLog = DebugLog()
    public var local: LocalSettings
    public var clipboard: ClipboardAccess
    public var applyAppearance: (Appearance) -> Void
    /// Shows and withdraws notifications on the desktop.
    public var notify: (NotificationStep) -> Void
    public var surroundings = Surroundings()
    /// What a call hears and sees with, made when one begins; the flag is for the camera.
    public var callMedia: (_ withVideo: Bool, _ device: (CallDeviceUse) -> String?) -> CallMedia = { withVideo, _ in
        CallMedia(isCameraOn: withVideo)
    }

    public init(
        open: @escaping @Sendable () async throws(OpenError) -> Messenger,
        erase: @escaping @Sendable () async throws -> Void,
        local: LocalSettings, clipboard: ClipboardAccess, applyAppearance: @escaping (Appearance) -> Void,
        notify: @escaping (NotificationStep) -> Void
    ) {
        (self.open, self.erase, self.local, self.clipboard) = (open, erase, local, clipboard)
        (self.applyAppearance, self.notify) = (applyAppearance, notify)
    }
}

/// The app as a whole: which of its four faces is shown.
@Observable
public final class AppModel {
    public enum Phase {
        /// The window stands with a skeleton; nothing is known yet.
        case opening
        case welcome(OnboardingModel)
        case ready(MainModel)
        case fatal(FatalModel)
    }

    public private(set) var phase = Phase.opening
    /// For the page of a profile that cannot be opened.
    public var debugLog: DebugLogModel { DebugLogModel(dependencies.debugLog, surroundings: dependencies.surroundings) }

    let dependencies: AppDependencies
    @ObservationIgnored private var messenger: Messenger?

    public init(_ dependencies: AppDependencies) { self.dependencies = dependencies }

    /// Opens the profile and shows what is in it.
    public func start() async {
        phase = .opening
        do {
            let messenger = try await dependencies.open()
            self.messenger = messenger
            try await show(messenger)
        } catch { await fail(OpenError(error)) }
    }

    /// Ends everything in order: what waits for an undo becomes final, drafts are written, the profile is closed.
    public func quit() async {
        if case .ready(let main) = phase { await main.leave() }
        await messenger?.close()
        messenger = nil
    }

    /// The desktop writes times with another clock from now on.
    /// - Parameter uses24Hours: `nil` leaves it to the locale.
    public func clockChanged(uses24Hours: Bool?) async {
        guard dependencies.surroundings.times.set(uses24Hours: uses24Hours), case .ready(let main) = phase else {
            return
        }
        await main.writeTimesAgain()
    }

    private func show(_ messenger: Messenger, showsPhrase: Bool = false) async throws {
        guard let account = try await messenger.account() else {
            phase = .welcome(onboarding(messenger))
            return
        }
        let main = MainModel(
            messenger: messenger, account: account, dependencies: dependencies,
            clearData: { [weak self] in try await self?.clearData() },
            changeNetwork: { [weak self] in try await self?.changeNetwork($0) })
        main.showsPhrase = showsPhrase
        phase = .ready(main)
    }

    private func onboarding(_ messenger: Messenger) -> OnboardingModel {
        OnboardingModel(
            OnboardingModel.Actions(
                create: { try await messenger.createAccount(displayName: $0) },
                restore: { try await messenger.restoreAccount(phrase: $0, displayName: nil) },
                messenger: messenger, surroundings: dependencies.surroundings,
                discard: { [weak self] in try await self?.clearData() },
                finish: { [weak self] showsPhrase in
                    do { try await self?.show(messenger, showsPhrase: showsPhrase) } catch {
                        await self?.fail(OpenError(error))
                    }
                }))
    }

    private func clearData() async throws {
        guard let messenger else { return }
        if case .ready(let main) = phase { await main.leave() }
        let isKeyGone = try await messenger.clearData()
        self.messenger = nil
        dependencies.local.forget()
        await start()
        if !isKeyGone, case .welcome(let onboarding) = phase { onboarding.keyStayed() }
    }

    /// Another network counts from now on: the profile is opened anew, as after a restart.
    private func changeNetwork(_ change: NetworkServersModel.Change) async throws {
        guard let network = dependencies.network else { return }
        try change.apply(to: network)
        if case .ready(let main) = phase { await main.leave() }
        await messenger?.close()
        messenger = nil
        await start()
        guard case .ready(let main) = phase else { return }
        let name = main.messenger.network.definition.name
        main.notice = Notice(text: tr("Shallot now uses the network “{name}”.", ["name": name.isolated]))
    }

    private func fail(_ error: OpenError) async {
        await messenger?.close()
        messenger = nil
        let network = dependencies.network
        phase = .fatal(
            FatalModel(
                error,
                actions: FatalModel.Actions(
                    reopen: { [weak self] in await self?.start() },
                    erase: { [dependencies] in try await dependencies.erase() },
                    unlockKeyring: { [dependencies] in try await dependencies.unlockKeyring() },
                    resetNetwork: network?.source == .chosen ? { try network?.reset() } : nil)))
    }
}

extension OpenError {
    /// A database that opened and then did not answer is treated as one that did not open.
    fileprivate nonisolated init(_ error: any Error) {
        self =
            switch error {
            case let error as OpenError: error
            case StoreError.wrongKey: .wrongKey
            case StoreError.keyMissing: .keyMissing
            case StoreError.damaged(let place): .damaged(place)
            case StoreError.diskFull: .diskFull
            case StoreError.readOnly: .readOnly
            default: .other("The profile could not be read.")
            }
    }
}
