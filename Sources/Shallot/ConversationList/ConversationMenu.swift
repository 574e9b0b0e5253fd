import GtkKit
import SessionWire
import ShallotModels

/// The menu of one conversation, in the list and in its header, and what its items do.
final class ConversationMenu {
    private let model: MainModel
    private weak var window: MainController?
    private let group = ActionGroup()
    private var target: ConversationRow?

    init(model: MainModel, window: MainController) {
        (self.model, self.window) = (model, window)
        addActions()
    }

    /// Opens the menu of `row` beside `anchor`.
    func open(for row: ConversationRow, at anchor: Widget, place: (x: Double, y: Double)?) {
        target = row
        anchor.insertActions(group, prefix: "row")
        PopoverMenu.open(menu(for: row), at: anchor, x: place?.x, y: place?.y)
    }

    /// Lets the menu button of an open conversation have it.
    func attach(to button: MenuButton, of id: ConversationID) {
        button.insertActions(group, prefix: "row")
        button.setMenu { [weak self] in
            guard let self, let row = model.list.row(id) else { return nil }
            target = row
            return menu(for: row)
        }
    }

    private func menu(for row: ConversationRow) -> Menu {
        let menu = Menu()
        let state = Menu()
        state.append(row.isPinned ? tr("Unpin") : tr("Pin"), action: "row.pin")
        state.append(row.isUnread ? tr("Mark as Read") : tr("Mark as Unread"), action: "row.unread")
        if !row.isNoteToSelf { state.appendSubmenu(tr("Mute"), muteMenu(row)) }
        menu.appendSection(state)
        // Whatever else there is to do about a group is done where it can be opened.
        guard !row.isMembership else { return menu }
        let about = Menu()
        if !row.isNoteToSelf { about.append(tr("Set Nickname…"), action: "row.nickname") }
        about.append(tr("Details"), action: "row.details")
        about.append(tr("Copy Account ID"), action: "row.copy-id")
        menu.appendSection(about)
        let ending = Menu()
        if !row.isNoteToSelf { ending.append(row.isBlocked ? tr("Unblock") : tr("Block…"), action: "row.block") }
        ending.append(tr("Clear Messages…"), action: "row.clear")
        ending.append(tr("Delete Conversation…"), action: "row.delete")
        if !row.isNoteToSelf { ending.append(tr("Delete Contact…"), action: "row.delete-contact") }
        menu.appendSection(ending)
        return menu
    }

    private func muteMenu(_ row: ConversationRow) -> Menu {
        let menu = Menu()
        if row.isMuted { menu.append(tr("Turn On Notifications"), action: "row.mute", target: "off") }
        for (index, mute) in ConversationListModel.Mute.allCases.enumerated() {
            menu.append(mute.words, action: "row.mute", target: "\(index)")
        }
        return menu
    }

    // MARK: What the items do

    private func add(_ name: String, _ body: @escaping (ConversationMenu, ConversationRow) -> Void) {
        group.add(
            Action(name) { [weak self] in
                guard let self, let target else { return }
                body(self, model.list.row(target.id) ?? target)
            })
    }

    private func addActions() {
        add("pin") { menu, row in Task { await menu.model.list.setPinned(row.id, !row.isPinned) } }
        add("unread") { menu, row in Task { await menu.model.list.setUnread(row.id, !row.isUnread) } }
        group.add(
            Action(
                "mute",
                text: { [weak self] choice in
                    guard let self, let target else { return }
                    let all = ConversationListModel.Mute.allCases
                    let mute = Int(choice).flatMap { all.indices.contains($0) ? all[$0] : nil }
                    Task { await self.model.list.setMuted(target.id, mute) }
                }))
        add("details") { menu, row in menu.window?.showDetails(of: row.id) }
        add("copy-id") { menu, row in
            guard let id = row.id.accountID else { return }
            Clipboard.copy(id.description)
            menu.window?.say(tr("Account ID copied"))
        }
        add("nickname") { menu, row in
            menu.dialogs?.nickname(of: row.title) { name in Task { await menu.model.list.setNickname(row.id, name) } }
        }
        add("block") { menu, row in
            if row.isBlocked {
                Task { await menu.model.list.setBlocked(row.id, false) }
            } else {
                menu.dialogs?.block(row.title) { Task { await menu.model.list.setBlocked(row.id, true) } }
            }
        }
        add("clear") { menu, row in
            menu.dialogs?.clearMessages(row.title) { Task { await menu.model.list.clearMessages(row.id) } }
        }
        add("delete") { menu, row in
            menu.dialogs?.deleteConversation(row.title) { Task { await menu.model.list.deleteConversation(row.id) } }
        }
        add("delete-contact") { menu, row in
            menu.dialogs?.deleteContact(row.title) { Task { await menu.model.list.deleteContact(row.id) } }
        }
    }

    private var dialogs: ConversationDialogs? { window?.dialogs }
}
