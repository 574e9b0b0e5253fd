import BaseKit
import Foundation
import GtkKit
import Logging
import SessionNetwork
import SessionWire
import ShallotCore
import ShallotModels
import ShallotStore

/// The only place that builds what reaches outside: disk, keyring, network, desktop.
enum CompositionRoot {
    /// Opens the profile. Started before the toolkit, so that the disk works while the window is built.
    nonisolated static func opener(_ places: Places) -> ProfileOpener {
        ProfileOpener {
            () async throws(OpenError) -> Messenger in
            try await Messenger.open(
                MessengerOptions(directory: places.data, definition: places.network.load(), keyring: .desktop))
        }
    }

    /// Sends the log to standard error: what belongs in a bug report, or everything.
    static func startLog(isVerbose: Bool) {
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = isVerbose ? .debug : .notice
            return handler
        }
    }

    static func model(_ places: Places, opener: ProfileOpener, local: LocalSettings, application: Application)
        -> AppModel
    {
        var dependencies = AppDependencies(
            open: { () async throws(OpenError) in try await opener.open() },
            erase: { try await erase(places) },
            local: local,
            clipboard: ClipboardAccess(
                set: { GtkKit.Clipboard.copy($0) }, clear: { GtkKit.Clipboard.clear(ifHolding: $0) }),
            applyAppearance: apply,
            notify: { step in
                switch step {
                case .show(let wanted):
                    let notification = GtkKit.Notification(title: wanted.title, body: wanted.body)
                    notification.setCategory("im.received")
                    notification.setDefaultAction("app.open-notification", target: wanted.token)
                    application.show(notification, id: wanted.token)
                case .withdraw(let token): application.withdrawNotification(id: token)
                }
            })
        dependencies.unlockKeyring = { try await KeyringAccess.desktop.unlock() }
        dependencies.network = places.network
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
