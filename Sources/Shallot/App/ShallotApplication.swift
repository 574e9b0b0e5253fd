import Foundation
import GtkKit
import SessionWire
import ShallotCore
import ShallotModels

/// The program on the desktop: one instance for each profile, its window, actions, keys and addresses.
final class ShallotApplication {
    private let options: LaunchOptions
    private let places: Places
    private let application: Application
    private let local: LocalSettings
    private let model: AppModel
    private var main: MainWindow?
    /// Asked for before the window could do it.
    private var waitingAddresses: [String] = []

    init(_ options: LaunchOptions) {
        self.options = options
        CompositionRoot.startLog(isVerbose: options.isVerbose)
        places = Places(options)
        let opener = CompositionRoot.opener(places)
        if let words = places.words { Gettext.bind(directory: words.path) }
        Translation.install(
            Translation(
                one: { context, text in context.map { Gettext.translate(context: $0, text) } ?? Gettext.translate(text)
                },
                many: { Gettext.translate($0, $1, count: $2) }))
        Program.setNames(program: "shallot", application: "Shallot", icon: "im.shallot.Shallot")
        local = LocalSettings(file: places.settings)
        application = Application(id: places.applicationID(options), resources: "/im/shallot/Shallot")
        model = CompositionRoot.model(places, opener: opener, local: local, application: application)
    }

    /// - Returns: the exit status.
    func run() -> Int32 {
        do {
            try Resources.register(base64: bundledResources)
            application.onStartup { self.startUp() }
            application.onActivate { self.show() }
            application.onOpen { self.open($0) }
            application.onShutdown { self.main = nil }
            let isFirst = try application.registerAsFirst()
            for action in options.actions where !isFirst { application.activate(action: action) }
            if !isFirst, !options.actions.isEmpty, options.uris.isEmpty { return 0 }
        } catch {
            FileHandle.standardError.write(Data("shallot: \(error)\n".utf8))
            return 1
        }
        return application.run(["shallot"] + options.forwarded + options.uris)
    }

    private func startUp() {
        CompositionRoot.apply(local.appearance)
        addActions()
        Program.onTerminationSignal { self.quit() }
        Task { await model.start() }
        if options.startsHidden { application.hold() }
        NetworkMonitor.shared.onChanged { isAvailable in
            guard case .ready(let main) = self.model.phase else { return }
            let isMetered = NetworkMonitor.shared.isMetered
            Task { await main.messenger.networkChanged(isAvailable: isAvailable, isMetered: isMetered) }
        }
    }

    private func addActions() {
        application.add(Action("quit") { self.quit() })
        application.add(Action("show") { self.show() })
        application.add(Action("new-conversation") { self.runInWindow("new-conversation") })
        application.add(Action("note-to-self") { self.runInWindow("note-to-self") })
        application.add(
            Action(
                "open-notification",
                text: { token in
                    self.show()
                    self.main?.openNotification(token)
                }))
        WindowKeys.install(in: application)
    }

    private func window() -> MainWindow {
        if let main { return main }
        let made = MainWindow(application: application, model: model, local: local)
        main = made
        WindowTimes.watch(made.window)
        for action in options.actions { made.whenReady { $0.run(action) } }
        return made
    }

    private var isHiddenStart = true

    private func show() {
        defer { isHiddenStart = false }
        if options.startsHidden, isHiddenStart { return }
        window().present()
    }

    private func runInWindow(_ action: String) {
        show()
        main?.whenReady { $0.run(action) }
    }

    /// Addresses of the form `shallot:05…`. Nothing is ever sent by one.
    private func open(_ addresses: [String]) {
        isHiddenStart = false
        let window = window()
        window.present()
        for address in addresses.prefix(1) {
            guard let id = Self.account(in: address) else {
                window.refuse(address: address)
                continue
            }
            window.whenReady { $0.write(to: .account(id)) }
        }
    }

    static func account(in address: String) -> AccountID? {
        guard address.lowercased().hasPrefix("shallot:") else { return nil }
        return AccountID(address.dropFirst("shallot:".count).description)
    }

    private func quit() {
        main?.saveGeometry()
        Task {
            await model.quit()
            application.quit()
        }
    }
}
