import BaseKit
import Foundation
import GtkKit
import Logging
import SecretKit
import SessionNetwork
import SessionWire
import ShallotCore
import ShallotModels
import ShallotStore

/// The only place that builds what reaches outside: disk, keyring, network, desktop.
enum CompositionRoot {
    /// Opens the profile. Started before the toolkit, so that the disk works while the window is built.
    static func opener(_ places: Places) -> ProfileOpener {
        // From here on another thread uses GLib too.
        Keyring.prepare()
        return ProfileOpener {
            () async throws(OpenError) -> Messenger in
            try await Messenger.open(
                MessengerOptions(directory: places.data, definition: places.network.load(), keyring: .desktop))
        }
    }

    /// Sends the log to standard error, what belongs in a bug report or everything, and keeps it for the debug log page.
    static func startLog(isVerbose: Bool) -> DebugLog {
        let memory = DebugLog(facts: [
            "Shallot \(ShallotProgram.version)", Program.toolkitVersions,
            ProcessInfo.processInfo.operatingSystemVersionString,
        ])
        LoggingSystem.bootstrap { AppLogHandler(label: $0, memory: memory, isVerbose: isVerbose) }
        return memory
    }

    static func model(
        _ places: Places, opener: ProfileOpener, local: LocalSettings, autostart: Autostart, debugLog: DebugLog,
        callMedia: @escaping (_ withVideo: Bool, _ device: (CallDeviceUse) -> String?) -> CallMedia,
        notify: @escaping (NotificationStep) -> Void
    ) -> AppModel {
        var dependencies = AppDependencies(
            open: { () async throws(OpenError) in try await opener.open() },
            erase: { try await erase(places) },
            local: local,
            clipboard: ClipboardAccess(
                set: { GtkKit.Clipboard.copy($0) }, clear: { GtkKit.Clipboard.clear(ifHolding: $0) }),
            applyAppearance: apply,
            notify: notify)
        dependencies.unlockKeyring = { try await KeyringAccess.desktop.unlock() }
        dependencies.network = places.network
        dependencies.autostart = autostart.access
        dependencies.debugLog = debugLog
        dependencies.callMedia = callMedia
        return AppModel(dependencies)
    }

    /// Destroys a profile that cannot be opened any more: its key first.
    nonisolated private static func erase(_ places: Places) async throws {
        let lock = try DataDirectory.lock(places.data)
        _ = try await DataDirectory.erase(lock, vault: KeyVault(directory: places.data, keyring: .desktop))
    }

    static func apply(_ appearance: Appearance) {
        let scheme: GtkKit.ColorScheme =
            switch appearance.colorScheme {
            case .system: .system
            case .light: .light
            case .dark: .dark
            }
        StyleManager.shared.setScheme(scheme)
        StyleManager.setTextScale(Double(appearance.textSize) / 100)
    }
}

/// Opens a profile, the first time ahead of being asked.
nonisolated final class ProfileOpener: Sendable {
    private let body: @Sendable () async throws(OpenError) -> Messenger
    private let first: Task<Result<Messenger, OpenError>, Never>
    private let isFirstTaken = OneTime()

    init(_ body: @escaping @Sendable () async throws(OpenError) -> Messenger) {
        self.body = body
        // The window waits for this task, and it is as short as opening is.
        first = Task.detached(priority: .userInitiated) {
            do throws(OpenError) { return .success(try await body()) } catch { return .failure(error) }
        }
    }

    func open() async throws(OpenError) -> Messenger {
        if await isFirstTaken.take() { return try await first.value.get() }
        return try await body()
    }
}

/// Says yes once.
private actor OneTime {
    private var isTaken = false
    func take() -> Bool {
        defer { isTaken = true }
        return !isTaken
    }
}
