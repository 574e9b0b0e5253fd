import GtkKit
import SessionWire
import ShallotModels

/// The window and which of the app's faces it shows: the conversations (at first as a skeleton), the way to an account, or
/// why the data cannot be opened.
final class MainWindow {
    let window: ApplicationWindow
    private let ui: Template
    private let toasts: ToastOverlay
    private let faces: Stack
    private let list = ConversationListController()
    private let geometry: WindowGeometry
    private var main: MainController?
    private var other: (controller: AnyObject, root: Widget)?
    private var faceCount = 0
    private var waiting: [(MainController) -> Void] = []
    private let bindings = Bindings()
    /// How long the window waits for what it will show. A first frame of grey rows takes as long to draw as one with the list,
    /// which then comes one frame later.
    private static let patience = Duration.milliseconds(150)
    private var hasContent = false
    private var lastMoment: MainLoop.Timer?

    /// - Parameter close: somebody wants the window to go.
    init(application: Application, model: AppModel, local: LocalSettings, close: @escaping () -> Void) {
        ui = Template(resource: "/im/shallot/Shallot/ui/Main/main.ui")
        window = ui("window")
        toasts = ui("toasts")
        faces = ui("faces")
        geometry = WindowGeometry(window: window, local: local)
        window.title = "Shallot"
        window.setApplication(application)
        let pages: Stack = ui("list_pages")
        pages.add(list.root, name: "conversations")
        geometry.restore()
        window.watchForLeaks()
        window.onCloseRequest {
            close()
            return true
        }
        window.onMinimizedChanged { StyleManager.setFadingScrollBars(!$0) }
        window.add(Action("about") { [weak self] in if let self { AboutShallot.present(over: window) } })
        window.add(
            Action("full-screen") { [weak self] in
                guard let self else { return }
                window.isFullscreen.toggle()
            })
        let steps: [(name: String, step: Appearance.TextStep)] = [
            ("text-larger", .larger), ("text-smaller", .smaller), ("text-usual", .usual),
        ]
        for (name, step) in steps { window.add(Action(name) { model.changeTextSize(step) }) }
        bindings.follow({ model.phase }) { [weak self] phase in self?.show(phase, of: model) }
    }

    var isVisible: Bool { window.isVisible }
    var visibleWindow: Window? { window.isVisible ? window : nil }

    /// Goes on without being seen.
    func hide() {
        geometry.save()
        main?.model.isActive = false
        main?.model.isHidden = true
        window.isVisible = false
    }

    /// Shows the window: the first time with its content if that comes soon, otherwise without.
    /// - Parameter activation: what the desktop gave for coming to the front.
    func present(activation: String? = nil) {
        if let activation { window.setActivation(activation) }
        guard !hasContent, !window.isVisible else { return window.present() }
        lastMoment = MainLoop.Timer(after: Self.patience) { [weak self] in self?.contentCame() }
    }

    private func contentCame() {
        guard !hasContent else { return }
        hasContent = true
        guard lastMoment != nil else { return }
        lastMoment = nil
        window.present()
    }

    func saveGeometry() { geometry.save() }

    /// Runs `body` once an account is open: now, or later in this run.
    func whenReady(_ body: @escaping (MainController) -> Void) {
        if let main { body(main) } else { waiting.append(body) }
    }

    func openNotification(_ token: String) { main?.openNotification(token) }

    /// An address that is none of ours.
    func refuse(address: String) {
        let dialog = MessageDialog(
            parent: window, heading: tr("This Address Cannot Be Opened"),
            body: tr("Shallot opens addresses of the form shallot: followed by an Account ID."))
        dialog.addResponse("close", tr("Close"))
        dialog.setClose("close")
        dialog.present { _ in }
    }

    // MARK: Faces

    private func show(_ phase: AppModel.Phase, of app: AppModel) {
        switch phase {
        case .opening:
            leaveMain()
            faces.visibleChildName = "main"
            return
        case .welcome(let model):
            leaveMain()
            let controller = OnboardingController(model: model)
            show((controller, controller.root))
        case .fatal(let model):
            leaveMain()
            let controller = FatalController(model: model, debugLog: app.debugLog)
            show((controller, controller.root))
        case .ready(let model):
            leaveMain()  // opened anew within one turn
            let controller = MainController(model: model, window: window, ui: ui, toasts: toasts, list: list)
            main = controller
            show(nil)
            let bodies = waiting
            waiting = []
            bodies.forEach { $0(controller) }
            list.whenKnown { [weak self] in self?.contentCame() }
            return
        }
        contentCame()
    }

    private func leaveMain() {
        main?.leave()
        main = nil
    }

    /// Shows a face that comes and goes, or with `nil` the conversations.
    private func show(_ face: (controller: AnyObject, root: Widget)?) {
        let old = other
        other = face
        if let face {
            faceCount += 1
            let name = "face-\(faceCount)"
            faces.add(face.root, name: name)
            faces.visibleChildName = name
        } else {
            faces.visibleChildName = "main"
        }
        // The face before goes when the new one stands: dozens of widgets, and nobody waits for that.
        if let old { MainLoop.whenIdle { [faces] in faces.remove(old.root) } }
    }
}
