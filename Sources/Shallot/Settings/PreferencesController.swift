import GtkKit
import SessionWire
import ShallotModels

/// The preferences window. Everything in it takes effect at once.
final class PreferencesController {
    /// Where the window opens.
    enum Start { case top, displayName, recoveryPhrase, networkPath }

    let root: PreferencesWindow
    private let model: PreferencesModel
    private let bindings = Bindings()
    private var nameRow: EntryRow?
    private var callPreferences: CallPreferences?
    /// The controller of the open subpage.
    private var subpage: AnyObject?

    init(model: PreferencesModel) {
        self.model = model
        let ui = Template(resource: "/im/shallot/Shallot/ui/Settings/preferences.ui")
        root = ui("root")
        connectProfile(ui)
        connectNotifications(ui)
        connectCalls(ui)
        connectAppearance(ui)
        connectNetwork(ui)
        connectBackground(ui)
        connectData(ui)
        bindings.run { await model.run() }
        bindings.follow({ model.settings.notice?.text }) { [weak self] text in
            if let text { self?.tell(text) }
        }
    }

    /// Shows the window, at a subpage if asked.
    func present(over parent: Window?, at start: Start = .top) {
        root.setTransient(for: parent)
        root.setModal(true)
        root.present()
        switch start {
        case .top: break
        case .displayName: nameRow?.grabFocus()
        case .recoveryPhrase: openPhrase()
        case .networkPath: openPath()
        }
    }

    private func tell(_ text: String) { root.add(Toast(text)) }

    // MARK: Pages

    private func connectProfile(_ ui: Template) {
        let nameRow: EntryRow = ui("name_row")
        let caption: Label = ui("name_caption")
        let counter: Label = ui("name_counter")
        let idRow: ActionRow = ui("id_row")
        let copyButton: Button = ui("copy_id_button")
        let phraseRow: ActionRow = ui("phrase_row")
        self.nameRow = nameRow
        nameRow.text = model.name
        nameRow.onChanged { [model] text in model.name = text }
        nameRow.onApply { [model] in Task { await model.saveName() } }
        let state = { [model] in
            CaptionState(text: model.nameProblem ?? model.nameHint, isError: model.nameProblem != nil)
        }
        bindings.follow(state) { state in
            caption.text = state.text
            caption.setClass("error", state.isError)
            caption.setClass("dim-label", !state.isError)
            nameRow.showError(state.isError)
        }
        bindings.follow({ [model] in model.nameCounter }) { counter.text = $0 ?? "" }
        idRow.subtitle = model.accountID.grouped
        idRow.onActivated { [weak self] in self?.openAccountID() }
        copyButton.onClicked { [weak self, model] in
            model.copy(model.accountID.description)
            self?.tell(tr("Account ID copied"))
        }
        phraseRow.onActivated { [weak self] in self?.openPhrase() }
        bindings.follow({ [model] in model.isPhraseSaved }) { isSaved in
            phraseRow.subtitle = isSaved ? tr("Saved") : tr("Not saved yet: it is the only way back into this account")
        }
    }

    private func connectNotifications(_ ui: Template) {
        let isOn: Switch = ui("notifications_switch")
        let content: ComboRow = ui("content_row")
        let settings = model.settings
        content.setUsesMarkup(false)
        content.setChoices(NotificationContent.allCases.map(\.words))
        bindings.follow({ settings.notificationsOn }) { value in
            if isOn.isActive != value { isOn.isActive = value }
            content.isSensitive = value
        }
        bindings.follow({ settings.notificationContent }) { value in
            content.selected = NotificationContent.allCases.firstIndex(of: value) ?? 0
        }
        isOn.onToggled { settings.notificationsOn = $0 }
        content.onSelected { index in
            guard NotificationContent.allCases.indices.contains(index) else { return }
            settings.notificationContent = NotificationContent.allCases[index]
        }
    }

    private func connectCalls(_ ui: Template) {
        guard let calls = model.calls else { return }
        let page = CallPreferences(model: calls, ui: ui, sounds: Places.sounds) { [weak self] in self?.tell($0) }
        callPreferences = page
        bindings.follow({ calls.notice?.text }) { [weak self] text in if let text { self?.tell(text) } }
    }

    private func connectAppearance(_ ui: Template) {
        let scheme: ComboRow = ui("scheme_row")
        let textSize: ComboRow = ui("text_size_row")
        let enter: Switch = ui("enter_switch")
        let sizes = Appearance.offeredTextSizes
        let settings = model.settings
        scheme.setChoices(Appearance.Scheme.allCases.map(\.words))
        scheme.selected = Appearance.Scheme.allCases.firstIndex(of: model.appearance.colorScheme) ?? 0
        scheme.onSelected { [model] index in model.appearance.colorScheme = Appearance.Scheme.allCases[index] }
        textSize.setChoices(sizes.map { tr("{n} %", ["n": "\($0)"]) })
        textSize.selected = sizes.firstIndex(of: model.appearance.textSize) ?? sizes.firstIndex(of: 100) ?? 0
        textSize.onSelected { [model] index in model.appearance.textSize = sizes[index] }
        bindings.follow({ settings.enterSends }) { if enter.isActive != $0 { enter.isActive = $0 } }
        enter.onToggled { settings.enterSends = $0 }
    }

    private func connectNetwork(_ ui: Template) {
        let network: ActionRow = ui("network_row")
        let hosts: ActionRow = ui("hosts_row")
        bindings.follow({ [model] in model.network.words }) { network.subtitle = $0 }
        network.onActivated { [weak self] in self?.openPath() }
        hosts.onActivated { [weak self] in self?.openHosts() }
        let servers: ActionRow = ui("servers_row")
        servers.isVisible = model.servers != nil
        servers.setUsesMarkup(false)
        servers.subtitle = model.servers?.name ?? ""
        servers.onActivated { [weak self] in self?.openServers() }
    }

    private func connectBackground(_ ui: Template) {
        let keep: Switch = ui("keep_running_switch")
        let login: Switch = ui("login_switch")
        let loginRow: ActionRow = ui("login_row")
        loginRow.isVisible = model.canStartAtLogin
        bindings.follow({ [model] in model.keepsRunning }) { if keep.isActive != $0 { keep.isActive = $0 } }
        bindings.follow({ [model] in model.startsAtLogin }) { if login.isActive != $0 { login.isActive = $0 } }
        keep.onToggled { [model] in model.keepsRunning = $0 }
        login.onToggled { [model, weak login] isOn in
            model.setStartsAtLogin(isOn)
            guard let login else { return }
            if login.isActive != model.startsAtLogin { login.isActive = model.startsAtLogin }
        }
        bindings.follow({ [model] in model.backgroundNotice?.text }) { [weak self] text in
            if let text { self?.tell(text) }
        }
    }

    private func connectData(_ ui: Template) {
        let key: ActionRow = ui("key_row")
        let clear: ActionRow = ui("clear_row")
        key.setUsesMarkup(false)
        key.title = tr("Key Storage: {place}", ["place": model.keyStorage.title])
        key.subtitle = model.keyStorage.subtitle
        let log: ActionRow = ui("log_row")
        log.onActivated { [weak self] in self?.openLog() }
        clear.onActivated { [weak self] in self?.openClearData() }
    }

    // MARK: Subpages

    private func open(_ controller: AnyObject, title: String, content: Widget) {
        subpage = controller
        let page = SettingsSubpage(title: title, content: content) { [weak self] in self?.closeSubpage() }
        root.presentSubpage(page.root)
    }

    private func closeSubpage() {
        root.closeSubpage()
        subpage = nil
    }

    private func openAccountID() {
        let page = AccountIDController(model: model.accountIDModel, next: nil) { [weak self] in self?.tell($0) }
        open(page, title: tr("Your Account ID"), content: page.root)
    }

    func openPhrase() {
        let page = RecoveryPhraseController(model: model.phraseModel()) { [weak self] in self?.tell($0) }
        open(page, title: tr("Recovery Phrase"), content: page.root)
    }

    func openPath() {
        let page = NetworkPathController(model: model.pathModel()) { [weak self] in self?.tell($0) }
        open(page, title: tr("Network Path"), content: page.root)
    }

    private func openHosts() {
        let page = ContactedHostsController(model: model.hostsModel())
        open(page, title: tr("Contacted Hosts"), content: page.root)
    }

    private func openServers() {
        guard let servers = model.servers else { return }
        let page = NetworkServersController(model: servers) { [weak self] in self?.tell($0) }
        open(page, title: tr("Servers"), content: page.root)
    }

    private func openLog() {
        let page = DebugLogController(model: model.debugLogModel()) { [weak self] in self?.tell($0) }
        open(page, title: tr("Debug Log"), content: page.root)
    }

    private func openClearData() {
        let page = ClearDataController(model: model.clearDataModel())
        open(page, title: tr("Clear Data"), content: page.root)
    }
}
