import BaseKit
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
    private let autostart: Autostart
    private let pictures: CallPictures
    private var calls: CallsController?
    private var main: MainWindow?
    private var quickReplies: [String: QuickReplyController] = [:]
    private var isAskingAboutClosing = false
    private let bindings = Bindings()
    private lazy var clock = DesktopClock.shared()
    private lazy var notifier = DesktopNotifier(
        application: application,
        handlers: DesktopNotifier.Handlers(
            open: { [weak self] in self?.openNotification($0, activation: $1) },
            reply: { [weak self] in self?.answerNotification($0) },
            send: { [weak self] text, token in
                self?.withAccount { main in Task { await main.reply(text, toNotification: token) } }
            },
            markRead: { [weak self] in self?.markRead($0) },
            call: { [weak self] action, token in self?.act(action, onCall: token) },
            putAway: { [weak self] token in self?.withAccount { $0.putAway(notification: token) } }))

    init(_ options: LaunchOptions) {
        self.options = options
        let debugLog = CompositionRoot.startLog(isVerbose: options.isVerbose)
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
        autostart = Autostart(options, places: places)
        pictures = CallPictures(usesTestMedia: options.usesTestMedia)
        let notify = Late<NotificationStep>()
        model = CompositionRoot.model(
            places, opener: opener, local: local, autostart: autostart, debugLog: debugLog,
            callMedia: { [pictures] in pictures.media(withVideo: $0, device: $1) }, notify: { notify.body?($0) })
        notify.body = { [weak self] in self?.notifier.perform($0) }
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
            if options.quits {
                if !isFirst { application.activate(action: "quit") }
                return 0
            }
            if !isFirst, !opensWindow { return 0 }
        } catch {
            LastWords.say("shallot: \(error)")
            return 1
        }
        return application.run(["shallot"] + options.forwarded + options.uris)
    }

    /// For a process that is not the first: runs the actions in the one that is.
    /// - Returns: whether there is anything else to ask of the first.
    private var opensWindow: Bool {
        options.actions.forEach(application.activate)
        return !options.uris.isEmpty || options.actions.isEmpty && !options.startsHidden
    }

    private func startUp() {
        guard !options.quits else { return }
        CompositionRoot.apply(local.appearance)
        addActions()
        Program.onTerminationSignal { self.quit() }
        Task { await model.start() }
        // Nobody sees it, and it receives.
        if options.startsHidden { _ = window() }
        bindings.follow({ [model] in model.phase }) { [weak self] _ in
            let isMetered = NetworkMonitor.shared.isMetered
            self?.withAccount { main in Task { await main.messenger.setMetered(isMetered) } }
            self?.showCalls()
        }
        followClock()
        NetworkMonitor.shared.onChanged { isAvailable in
            let isMetered = NetworkMonitor.shared.isMetered
            self.withAccount { main in
                Task { await main.messenger.networkChanged(isAvailable: isAvailable, isMetered: isMetered) }
            }
        }
    }

    private func followClock() {
        guard let clock else { return }
        let tell = { [model] (uses24Hours: Bool) in _ = Task { await model.clockChanged(uses24Hours: uses24Hours) } }
        tell(clock.uses24Hours)
        clock.onChanged(tell)
    }

    private func withAccount(_ body: (MainModel) -> Void) { if case .ready(let main) = model.phase { body(main) } }

    /// The windows of an account's calls, whether or not the main window was ever opened.
    private func showCalls() {
        calls?.leave()
        calls = nil
        withAccount { account in
            calls = CallsController(
                model: account.calls, pictures: pictures, application: application,
                surroundings: CallsController.Surroundings(
                    window: { [weak self] in self?.main?.visibleWindow },
                    began: { [weak self] in
                        self?.main?.whenReady { main in main.showCallBar { [weak self] in self?.calls?.present() } }
                    }, sounds: options.usesTestMedia ? nil : Places.sounds))
        }
    }

    private func addActions() {
        application.add(Action("quit") { self.quit() })
        application.add(Action("show") { self.show() })
        application.add(Action("new-conversation") { self.runInWindow("new-conversation") })
        application.add(Action("note-to-self") { self.runInWindow("note-to-self") })
        application.add(Action("open", text: { self.openNotification($0, activation: nil) }))
        application.add(Action("reply", text: { self.answerNotification($0) }))
        application.add(Action("mark-read", text: { self.markRead($0) }))
        for action in DesktopNotification.Action.ofCalls {
            application.add(Action(action.rawValue, text: { self.act(action, onCall: $0) }))
        }
        application.add(
            Action("answer-call") {
                self.withAccount { main in Task { await main.calls.call?.answer(withVideo: false) } }
            })
        application.add(
            Action("decline-call") { self.withAccount { main in Task { await main.calls.call?.decline() } } })
        application.add(
            Action("mute-call") { self.withAccount { main in Task { await main.calls.call?.toggleMuted() } } })
        WindowKeys.install(in: application)
    }

    private func window() -> MainWindow {
        if let main { return main }
        let made = MainWindow(application: application, model: model, local: local) { [weak self] in
            self?.closeWindow()
        }
        main = made
        WindowTimes.watch(made.window)
        for action in options.actions { made.whenReady { $0.run(action) } }
        return made
    }

    private var isHiddenStart = true

    private func show() {
        defer { isHiddenStart = false }
        if options.startsHidden, isHiddenStart { return }
        let window = window()
        // At login the key ring may have been locked when Shallot started.
        if !window.isVisible, case .fatal(let fatal) = model.phase, fatal.isAboutKeyring {
            Task { await fatal.tryAgain() }
        }
        window.present()
    }

    // MARK: Notifications

    private func openNotification(_ token: String, activation: String?) {
        isHiddenStart = false
        if case .ready(let main) = model.phase, main.isRinging(token) { return calls?.present() ?? () }
        let window = window()
        window.present(activation: activation)
        window.openNotification(token)
    }

    /// A button of a notification about a call.
    private func act(_ action: DesktopNotification.Action, onCall token: String) {
        switch action {
        case .message: answerNotification(token)
        case .answer: withAccount { main in Task { await main.answerCall(notification: token) } }
        case .decline: withAccount { main in Task { await main.declineCall(notification: token) } }
        case .callBack: withAccount { main in Task { await main.callBack(notification: token) } }
        case .turnOnCalls:
            openNotification(token, activation: nil)
            withAccount { $0.calls.askForConsent() }
        case .open, .reply, .markRead: break
        }
    }

    private func answerNotification(_ token: String) {
        if let open = quickReplies[token] { return open.window.present() }
        withAccount { main in
            guard let reply = main.quickReply(toNotification: token) else { return }
            let controller = QuickReplyController(
                model: reply, enterSends: main.settings.enterSends, application: application)
            quickReplies[token] = controller
            controller.window.onDestroy { [weak self] in self?.quickReplies[token] = nil }
            controller.window.present()
        }
    }

    private func markRead(_ token: String) {
        withAccount { main in Task { await main.markRead(notification: token) } }
    }

    // MARK: Closing

    /// The window is to go. With an account, Shallot can go on without it.
    private func closeWindow() {
        guard let main, case .ready = model.phase else { return quit() }
        switch local.closing {
        case .hide: main.hide()
        case .quit: quit()
        case nil: askAboutClosing(main)
        }
    }

    private func askAboutClosing(_ main: MainWindow) {
        guard !isAskingAboutClosing else { return }
        isAskingAboutClosing = true
        Task {
            let answer = await ClosingQuestion.ask(over: main.window)
            isAskingAboutClosing = false
            guard let answer else { return }
            if answer.isRemembered { local.closing = answer.choice }
            answer.choice == .hide ? main.hide() : quit()
        }
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
            await notifier.settle()
            application.quit()
        }
    }
}

/// Something that is known only when what needs it has been made.
private final class Late<Value> {
    var body: ((Value) -> Void)?
}
