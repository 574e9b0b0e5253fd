import GtkKit
import SessionWire
import ShallotModels
import ShallotStore

/// The conversations of an open account: list, requests, the open conversation and its details, and how they make room
/// for each other.
final class MainController {
    let model: MainModel
    let window: ApplicationWindow
    let dialogs: ConversationDialogs
    let list: ConversationListController
    private(set) var conversation: ConversationController?
    let toasts: ToastOverlay
    private let leaflet: Leaflet
    private let listPages: Stack
    private let contents: Stack
    private let flap: Flap
    private let mainBox: Box
    private let banner = BannerBar()
    private var callBar: CallBar?
    private var listMenu: ConversationMenu?
    private var requests: RequestsController?
    private var details: (id: ConversationID, controller: DetailsController)?
    private var newConversation: NewConversationController?
    private var preferences: PreferencesController?
    var undoToast: Toast?
    /// For the conversation that is opened next.
    private var widgetsAhead: Template?
    /// Pages of conversations that were left and still stand on the screen, and how many there ever were.
    private var leftPages: [Box] = []
    private var pageCount = 0
    let bindings = Bindings()
    private var actionNames: [String] = []

    init(
        model: MainModel, window: ApplicationWindow, ui: Template, toasts: ToastOverlay,
        list: ConversationListController
    ) {
        (self.model, self.window, self.toasts, self.list) = (model, window, toasts, list)
        dialogs = ConversationDialogs(window: window)
        leaflet = ui("leaflet")
        listPages = ui("list_pages")
        contents = ui("contents")
        flap = ui("flap")
        mainBox = ui("main")
        mainBox.prepend(banner.root)
        let menu = ConversationMenu(model: model, window: self)
        listMenu = menu
        list.show(
            model, menu: menu,
            actions: ConversationListController.Actions(
                open: { [weak self] in self?.open($0) }, enter: { [weak self] in self?.conversation?.focusComposer() }))
        addActions()
        followWindow()
        follow()
    }

    private func followWindow() {
        leaflet.onFoldedChanged { [weak self] _ in self?.layOutSoon() }
        leaflet.onVisibleChildChanged { [weak self] _ in self?.visibilityChanged() }
        flap.onRevealedChanged { [weak self] isRevealed in
            self?.layOutSoon()
            if !isRevealed { self?.detailsClosed() }
        }
        flap.onNotify("folded") { [weak self] in self?.layOutSoon() }
        window.onActiveChanged { [weak self] isActive in self?.model.isActive = isActive }
        model.isHidden = !window.isVisible
        model.isActive = window.isActive
        let keys = KeyController(phase: .bubble)
        keys.onPressed { [weak self] key in key.symbol == .escape && key.isPlain ? self?.escape() ?? false : false }
        window.add(keys)
        layOut()
    }

    private func follow() {
        let model = model
        bindings.run { await model.run() }
        bindings.follow({ model.banner.banner }) { [weak self] banner in
            self?.banner.show(banner) { [weak self] in self?.act(on: $0) }
        }
        bindings.follow({ model.list.selection }) { [weak self] id in self?.selectionChanged(id) }
        followWords()
        bindings.follow({ model.conversation?.wasAccepted }) { [weak self] wasAccepted in
            if wasAccepted == true, let self, areRequestsShown { showConversations() }
        }
        bindings.follow({ model.restoredConversation }) { [weak self] id in
            if let self, let id, conversation == nil { write(to: id) }
        }
        bindings.follow({ model.showsPhrase }) { [weak self] showsPhrase in
            guard showsPhrase else { return }
            self?.model.showsPhrase = false
            self?.showPreferences(at: .recoveryPhrase)
        }
    }

    /// The account goes away: everything that belonged to it leaves the window.
    func leave() {
        leaveConversation()
        clearContents()
        preferences?.root.destroy()
        newConversation?.window.destroy()
        removeActions()
        mainBox.remove(banner.root)
        if let callBar { mainBox.remove(callBar.root) }
    }

    /// Shows the bar of the call that goes on. - Parameter present: brings its window to the front.
    func showCallBar(present: @escaping () -> Void) {
        guard callBar == nil else { return }
        let bar = CallBar(model: model.calls, present: present)
        callBar = bar
        mainBox.insert(bar.root, after: banner.root)
    }

    // MARK: Conversations

    func open(_ id: ConversationID) {
        if conversation?.id != id {
            leaveConversation()
            model.open(id)
            if let opened = model.conversation { show(opened) }
        }
        // The leaflet takes the keyboard along to the page that it shows. Somebody who goes through the list stays there.
        let isInList = list.list.containsFocus && !leaflet.isFolded
        leaflet.visibleChildName = "content"
        if isInList { list.list.grabFocus() }
        visibilityChanged()
    }

    /// Opens a conversation and puts the keyboard where one writes.
    func write(to id: ConversationID) {
        open(id)
        conversation?.focusComposer()
    }

    private func show(_ opened: ConversationModel) {
        let controller = ConversationController(
            widgetsAhead ?? ConversationController.widgets(), model: opened, main: model, window: self)
        widgetsAhead = nil
        conversation = controller
        pageCount += 1
        let page = "conversation-\(pageCount)"
        contents.add(controller.root, name: page)
        let turn = { [weak self, weak controller] in
            guard let self, let controller, conversation === controller else { return }
            contents.visibleChildName = page
            // Hundreds of widgets go: that is nobody's wait.
            contents.afterNextPaint { [weak self] in
                self?.removeLeftPages()
                self?.prepareWidgets()
            }
        }
        // From one conversation to the next without an empty frame between them.
        if leftPages.isEmpty { turn() } else { controller.whenFilled(turn) }
        if flap.isRevealed, let id = conversation?.id { showDetailsPane(id) }
        requests?.select(opened.id)
        layOut()
    }

    private func prepareWidgets() {
        MainLoop.whenIdle { [weak self] in
            guard let self, widgetsAhead == nil else { return }
            widgetsAhead = ConversationController.widgets()
        }
    }

    private func leaveConversation() {
        guard let old = conversation else { return }
        old.leave()
        conversation = nil
        leftPages.append(old.root)
    }

    private func removeLeftPages() {
        for page in leftPages {
            contents.remove(page)
            page.expectEnd()
        }
        leftPages = []
    }

    private func clearContents() {
        contents.visibleChildName = "none"
        removeLeftPages()
    }

    func closeConversation() {
        flap.isRevealed = false
        leaveConversation()
        clearContents()
        model.closeConversation()
        requests?.select(nil)
        leaflet.visibleChildName = "list"
        visibilityChanged()
    }

    /// The list chose another conversation by keys, or the open one was deleted.
    private func selectionChanged(_ id: ConversationID?) {
        if let id { if id != conversation?.id { open(id) } } else if conversation != nil { closeConversation() }
    }

    /// Back from a conversation to the list, where only one of them fits.
    func goBack() { if leaflet.isFolded { closeConversation() } }

    /// Folding is noticed in the middle of an allocation, when no size may change.
    private func layOutSoon() { Task { [weak self] in self?.layOut() } }

    private func layOut() {
        let isFolded = leaflet.isFolded
        banner.setNarrow(isFolded)
        list.setFolded(isFolded)
        requests?.setFolded(isFolded)
        conversation?.lay(isFolded: isFolded, isOuter: !flap.isRevealed || flap.isFolded)
        details?.controller.root.expandsHorizontally = isFolded
        if isFolded, conversation == nil { leaflet.visibleChildName = "list" }
        visibilityChanged()
    }

    private func visibilityChanged() {
        let showsContent = !leaflet.isFolded || leaflet.visibleChildName == "content"
        model.isConversationVisible = showsContent && conversation != nil
        let showsList = !leaflet.isFolded || leaflet.visibleChildName == "list"
        model.isRequestsVisible = showsList && listPages.visibleChildName == "requests"
    }

    // MARK: Requests

    func showRequests() {
        if requests == nil {
            let made = RequestsController(
                model: model.requests, dialogs: dialogs, open: { [weak self] in self?.open($0) },
                back: { [weak self] in self?.hideRequests() })
            requests = made
            made.setFolded(leaflet.isFolded)
            listPages.add(made.root, name: "requests")
        }
        leaflet.visibleChildName = "list"
        listPages.visibleChildName = "requests"
        requests?.focus()
        visibilityChanged()
    }

    func hideRequests() {
        showConversations()
        list.list.grabFocus()
    }

    private func showConversations() {
        listPages.visibleChildName = "conversations"
        visibilityChanged()
    }

    var areRequestsShown: Bool { listPages.visibleChildName == "requests" }

    // MARK: Details

    func toggleDetails() {
        if flap.isRevealed { flap.isRevealed = false } else if let id = conversation?.id { showDetailsPane(id) }
    }

    func showDetails(of id: ConversationID) {
        open(id)
        showDetailsPane(id)
    }

    private func showDetailsPane(_ id: ConversationID) {
        if details?.id != id {
            let controller = DetailsController(model: model.details(of: id), window: self)
            details?.controller.root.expectEnd()
            controller.root.expandsHorizontally = leaflet.isFolded
            flap.setFlap(controller.root)
            details = (id, controller)
        }
        flap.isRevealed = true
    }

    private func detailsClosed() {
        if conversation == nil { details = nil }
        conversation?.focusComposer()
    }

    var areDetailsShown: Bool { flap.isRevealed }
    var detailsRoot: Widget? { details?.controller.root }
    var isFolded: Bool { leaflet.isFolded }

    // MARK: Other windows

    func startConversation() {
        let controller = NewConversationController(
            model: model.newConversation(), parent: window, showCode: { [weak self] in self?.showOwnCode() },
            open: { [weak self] in self?.write(to: $0) })
        newConversation = controller
        controller.window.onDestroy { [weak self] in self?.newConversation = nil }
        controller.window.present()
    }

    func showOwnCode() {
        CodeWindow.present(
            model.accountID.description, name: model.account.displayName, over: newConversation?.window ?? window)
    }

    func showPreferences(at start: PreferencesController.Start) {
        Task { [weak self, model] in
            guard let made = await model.preferences(), let self else { return }
            let controller = PreferencesController(model: made)
            preferences = controller
            controller.root.watchForLeaks()
            controller.root.onDestroy { [weak self] in
                self?.preferences?.root.dropRows()
                self?.preferences = nil
            }
            controller.present(over: window, at: start)
        }
    }

    func openNotification(_ token: String) {
        switch model.target(ofNotification: token) {
        case .conversation(let id): write(to: id)
        case .requests: showRequests()
        case nil: break
        }
    }

    // MARK: Actions

    func add(_ action: Action, named name: String) {
        window.add(action)
        actionNames.append(name)
    }

    private func removeActions() {
        actionNames.forEach(window.removeAction)
        actionNames = []
    }
}
