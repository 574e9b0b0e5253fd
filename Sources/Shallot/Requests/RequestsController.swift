import GtkKit
import SessionWire
import ShallotModels

/// The page of message requests. Opening one shows it in safe view.
final class RequestsController {
    let root: Box
    let list: ListView
    private let header: HeaderBar
    private let states: Stack
    private let backButton: Button
    private let rows = ListModel<RequestRow>()
    private var selection: ListSelection<RequestRow>?
    private let clear: Action
    private let bindings = Bindings()

    init(
        model: RequestsModel, dialogs: ConversationDialogs, open: @escaping (ConversationID) -> Void,
        back: @escaping () -> Void
    ) {
        let ui = Template(resource: "/im/shallot/Shallot/ui/Requests/requests.ui")
        root = ui("root")
        list = ui("list")
        header = ui("header")
        states = ui("states")
        backButton = ui("back_button")
        clear = Action("clear") { [weak model] in
            dialogs.clearRequests { Task { await model?.clearAll() } }
        }
        root.insertActions(ActionGroup([clear]), prefix: "requests")
        backButton.onClicked(back)
        let selection = list.show(rows) { RequestRowView(clicked: open) }
        self.selection = selection
        selection.onSelected { open($0.id) }
        list.onActivate { [weak self] position in
            guard let self, rows.items.indices.contains(position) else { return }
            open(rows.items[position].id)
        }
        bindings.follow({ model.items }) { [weak self] items in
            self?.rows.apply(items)
            self?.states.visibleChildName = items.isEmpty ? "empty" : "list"
            self?.clear.isEnabled = !items.isEmpty
        }
    }

    /// Alone in the window, the list has the window's buttons.
    func setFolded(_ isFolded: Bool) { header.showsEndTitleButtons = isFolded }
    func select(_ id: ConversationID?) { selection?.select(id) }
    func focus() { if !list.grabFocus() { backButton.grabFocus() } }
}
