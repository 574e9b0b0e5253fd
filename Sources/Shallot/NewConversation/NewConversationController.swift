import GtkKit
import SessionWire
import ShallotModels

/// The window that starts a conversation from an Account ID or a contact's name.
final class NewConversationController {
    let window: AdwaitaWindow
    private let model: NewConversationModel
    private let input: Entry, problem: Label, accountButton: Button, matches: ListBox
    private let open: (ConversationID) -> Void
    private let bindings = Bindings()

    init(
        model: NewConversationModel, parent: Window, showCode: @escaping () -> Void,
        open: @escaping (ConversationID) -> Void
    ) {
        (self.model, self.open) = (model, open)
        let ui = Template(resource: "/im/shallot/Shallot/ui/NewConversation/new-conversation.ui")
        window = ui("window")
        input = ui("input")
        problem = ui("problem")
        accountButton = ui("account_button")
        matches = ui("matches")
        window.setTransient(for: parent)
        window.closesOnEscape()
        window.watchForLeaks()
        input.onChanged { [weak model] text in model?.input = text }
        input.onActivate { [weak self] in self?.submit() }
        accountButton.onClicked { [weak self] in self?.submit() }
        matches.onRowActivated { [weak self] index in
            guard let self, model.matches.indices.contains(index) else { return }
            start(.account(model.matches[index].id))
        }
        let code: Button = ui("code_button")
        code.onClicked(showCode)
        follow()
        input.grabFocus()
    }

    private func follow() {
        let model = model
        bindings.run { await model.load() }
        bindings.follow({ model.matches }) { [weak self] in self?.show($0) }
        bindings.follow({ model.accountAction?.title }) { [weak self] title in
            self?.accountButton.isVisible = title != nil
            self?.accountButton.label = title ?? ""
        }
        bindings.follow({ model.notice?.text ?? model.problem }) { [weak self] text in
            self?.problem.isVisible = text != nil
            self?.problem.text = text ?? ""
            self?.input.showError(text != nil)
        }
    }

    private func show(_ contacts: [ContactMatch]) {
        matches.removeAll()
        matches.isVisible = !contacts.isEmpty
        for contact in contacts {
            let row = ActionRow(title: contact.name, subtitle: contact.shortID)
            row.name = "new.contact"
            row.setActivatable(true)
            let avatar = AvatarView(size: 32)
            avatar.show(contact.avatar)
            row.addPrefix(avatar.root)
            matches.append(row)
        }
    }

    private func submit() { if let id = model.submit() { start(id) } }

    private func start(_ id: ConversationID) {
        Task { [weak self] in
            guard let self, await model.open(id) else { return }
            window.close()
            open(id)
        }
    }
}
