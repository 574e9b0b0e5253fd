import GtkKit
import SessionWire
import ShallotModels

/// Joins `conversation-list.ui` to the list of conversations. It stands before there is a model, with grey rows.
final class ConversationListController {
    let root: Box
    let list: ListView
    private let header: HeaderBar
    private let states: Stack
    private let searchButton: ToggleButton
    private let searchRevealer: Revealer
    private let searchEntry: SearchEntry
    private let pathButton: Button
    private let requestsButton: Button
    private let requestsCount: Label
    private let nothing: StatusPage
    private let fetching: Label
    private lazy var gradual = GradualRows<ConversationRow> { [weak self] in self?.showSelection() }
    private var rows: ListModel<ConversationRow> { gradual.rows }
    private var selection: ListSelection<ConversationRow>?
    private var selected: () -> ConversationID? = { nil }
    private var menu: ConversationMenu?
    private var bindings = Bindings()
    private var known: (() -> Void)?

    /// What the rest of the window does when something happens here.
    struct Actions {
        var open: (ConversationID) -> Void
        /// Moves the keyboard to the open conversation.
        var enter: () -> Void
    }

    init() {
        let ui = Template(resource: "/im/shallot/Shallot/ui/ConversationList/conversation-list.ui")
        root = ui("root")
        list = ui("list")
        header = ui("header")
        states = ui("states")
        searchButton = ui("search_button")
        searchRevealer = ui("search_revealer")
        searchEntry = ui("search_entry")
        pathButton = ui("path_button")
        requestsButton = ui("requests_button")
        requestsCount = ui("requests_count")
        nothing = ui("nothing")
        fetching = ui("fetching")
        Skeleton.fill(ui("skeleton"))
        searchButton.onToggled { [weak self] isOn in self?.showSearch(isOn) }
    }

    /// Shows the conversations of an open account.
    func show(_ model: MainModel, menu: ConversationMenu, actions: Actions) {
        self.menu = menu
        let fresh = Bindings()
        bindings = fresh
        let selection = list.show(rows) {
            ConversationRowView(
                menu: { [weak menu] row, anchor, place in menu?.open(for: row, at: anchor, place: place) },
                clicked: { [weak self] id in self?.entered(id, actions) })
        }
        self.selection = selection
        selection.onSelected { actions.open($0.id) }
        list.onActivate { [weak self] position in
            guard let self, rows.items.indices.contains(position) else { return }
            entered(rows.items[position].id, actions)
        }
        let keys = KeyController()
        keys.onPressed { [weak self] in self?.pressed($0) ?? false }
        list.add(keys)

        searchEntry.onChanged { [weak model] text in model?.list.query = text }
        searchEntry.onStop { [weak self] in self?.showSearch(false) }
        searchEntry.onActivate { [weak self] in
            guard let self, let first = rows.items.first else { return }
            entered(first.id, actions)
        }
        selected = { [weak model] in model?.list.selection }
        fresh.follow({ model.list.items }) { [weak self] items in
            self?.gradual.apply(items)
            self?.showSelection()
        }
        fresh.follow({ model.list.selection }) { [weak self] id in self?.select(id) }
        fresh.follow({ State(model.list) }) { [weak self] state in self?.show(state) }
        fresh.follow({ model.fetchingText }) { [weak self] text in
            self?.fetching.isVisible = text != nil
            self?.fetching.text = text ?? ""
            self?.fetching.setAccessibleLabel(text ?? "")
        }
        fresh.follow({ model.network }) { [weak self] network in self?.show(network) }
        fresh.follow({ model.list.unreadCount }) { [weak self] count in
            if let self { WindowTimes.painted("unread \(count)", in: root) }
        }
        fresh.follow({ model.requests.items.count }) { [weak self] count in self?.show(requests: count) }
    }

    private func entered(_ id: ConversationID, _ actions: Actions) {
        actions.open(id)
        actions.enter()
    }

    /// Alone in the window, the list has the window's buttons.
    func setFolded(_ isFolded: Bool) {
        header.showsEndTitleButtons = isFolded
        header.setTitleWidget(isFolded ? Box(.horizontal) : WindowTitle(title: "Shallot"))
    }

    // MARK: States

    private enum State: Equatable, Sendable {
        case loading, list, empty, nothing(String)

        init(_ model: ConversationListModel) {
            self =
                if !model.isLoaded { .loading } else if model.isEmpty { .empty } else if let text = model.nothingFound {
                    .nothing(text)
                } else { .list }
        }
    }

    private func show(_ state: State) {
        if state != .loading {
            known?()
            known = nil
            WindowTimes.paintedFirst("painted", in: root)
        }
        switch state {
        case .loading: states.visibleChildName = "skeleton"
        case .list: states.visibleChildName = "list"
        case .empty: states.visibleChildName = "empty"
        case .nothing(let text):
            nothing.title = text
            states.visibleChildName = "nothing"
        }
    }

    /// Runs `body` once the database has answered.
    func whenKnown(_ body: @escaping () -> Void) {
        if states.visibleChildName == "skeleton" { known = body } else { body() }
    }

    private func show(_ network: NetworkSummary) {
        pathButton.iconName = network.level.iconName
        pathButton.tooltip = network.words
        pathButton.setAccessibleLabel(tr("Network path: {state}", ["state": network.words]))
    }

    private func show(requests count: Int) {
        requestsButton.isVisible = count > 0
        requestsCount.text = count > 999 ? "999+" : "\(count)"
        requestsButton.setAccessibleLabel(trn("{n} message request", "{n} message requests", count))
    }

    private func select(_ id: ConversationID?) {
        let position = id.flatMap(gradual.position)
        selection?.select(id)
        if let position { list.scroll(to: position) }
    }

    private func showSelection() { selection?.select(selected()) }

    // MARK: Search and keys

    /// Opens or closes the search field; closing it forgets the search.
    func showSearch(_ isOn: Bool) {
        searchRevealer.isRevealed = isOn
        if searchButton.isActive != isOn { searchButton.isActive = isOn }
        if isOn {
            searchEntry.grabFocus()
        } else {
            let hadFocus = searchEntry.containsFocus
            searchEntry.text = ""
            if hadFocus { list.grabFocus() }
        }
    }

    var isSearching: Bool { searchRevealer.isRevealed }

    private func pressed(_ key: Key) -> Bool {
        guard key.symbol == .menu || (key.symbol == .f10 && key.isShift), let selected = selection?.selected,
            let position = rows.items.firstIndex(of: selected)
        else { return false }
        menu?.open(
            for: selected, at: list,
            place: (60, Double(position * ConversationRowView.height % max(1, list.height)) + 32))
        return true
    }
}

extension NetworkSummary.Level {
    var iconName: String {
        switch self {
        case .offline: "shallot-path-offline-symbolic"
        case .connecting: "shallot-path-connecting-symbolic"
        case .onePath: "shallot-path-one-symbolic"
        case .ready: "shallot-path-ready-symbolic"
        }
    }
}
