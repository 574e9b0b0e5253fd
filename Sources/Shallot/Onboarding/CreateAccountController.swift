import GtkKit
import ShallotModels

/// Asks for the display name of a new account.
final class CreateAccountController: OnboardingPage {
    let root: ScrolledWindow
    private let nameRow: EntryRow
    private let bindings = Bindings()

    init(model: CreateAccountModel) {
        let ui = Template(resource: "/im/shallot/Shallot/ui/Onboarding/create.ui")
        root = ui("root")
        nameRow = ui("name_row")
        let avatar: Avatar = ui("avatar")
        let caption: Label = ui("caption")
        let counter: Label = ui("counter")
        let createButton: Button = ui("create_button")
        nameRow.onChanged { text in model.name = text }
        nameRow.onEntryActivated { Task { await model.submit() } }
        createButton.onClicked { Task { await model.submit() } }
        bindings.follow({ model.name }) { avatar.text = $0 }
        bindings.follow({ model.problem }) { [nameRow] problem in
            caption.text = problem ?? tr("Contacts see this name. You can change it whenever you like.")
            caption.setClass("error", problem != nil)
            caption.setClass("dim-label", problem == nil)
            nameRow.showError(problem != nil)
        }
        bindings.follow({ model.counter }) { counter.text = $0 ?? "" }
        bindings.follow({ model.isWorking }) { createButton.isSensitive = !$0 }
    }

    func takeFocus() { nameRow.grabFocus() }
}
