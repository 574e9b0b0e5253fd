import GtkKit
import ShallotModels

/// Counters of what a restored account has by now, and the ways on.
final class RestoringController: OnboardingPage {
    let root: ScrolledWindow
    private let openButton: Button
    private let nameRow: EntryRow
    private let bindings = Bindings()
    private var work: Task<Void, Never>?
    isolated deinit { work?.cancel() }

    /// - Parameter say: tells what a button could not do.
    init(model: RestoringModel, say: @escaping (String) -> Void) {
        let ui = Template(resource: "/im/shallot/Shallot/ui/Onboarding/restoring.ui")
        root = ui("root")
        openButton = ui("open_button")
        nameRow = ui("name_row")
        let footnote: Label = ui("footnote")
        let status: Label = ui("status")
        footnote.text = model.footnote
        openButton.onClicked { Task { await model.openNow() } }
        (ui("cancel_button") as Button).onClicked { Task { await model.cancel() } }
        follow(ui("profile"), { model.profileText })
        follow(ui("contacts"), { model.contactsText })
        follow(ui("groups"), { model.groupsText })
        follow(ui("communities"), { model.communitiesText })
        follow(ui("messages"), { model.messagesText })
        bindings.follow({ model.statusText }) { status.text = $0 }
        bindings.follow({ model.notice?.text }) { if let text = $0 { say(text) } }
        connectName(ui, model)
        work = Task { await model.run() }
    }

    private func follow(_ label: Label, _ text: @escaping @MainActor @Sendable () -> String) {
        bindings.follow(text) { label.text = $0 }
    }

    private func connectName(_ ui: Template, _ model: RestoringModel) {
        let box: Box = ui("name_box")
        let caption: Label = ui("caption")
        let counter: Label = ui("counter")
        nameRow.onChanged { text in model.name = text }
        nameRow.onEntryActivated { Task { await model.submitName() } }
        (ui("name_button") as Button).onClicked { Task { await model.submitName() } }
        bindings.follow({ model.asksForName }) { box.isVisible = $0 }
        bindings.follow({ model.nameProblem }) { [nameRow] problem in
            caption.text = problem ?? tr("If your profile arrives later, it is used instead.")
            caption.setClass("error", problem != nil)
            caption.setClass("dim-label", problem == nil)
            nameRow.showError(problem != nil)
        }
        bindings.follow({ model.counter }) { counter.text = $0 ?? "" }
    }

    func takeFocus() { openButton.grabFocus() }
}
