import GtkKit
import SessionWire
import ShallotModels

/// The 13 words, then the name.
final class RestoreController: OnboardingPage {
    let root = Stack()
    private let model: RestoreModel
    private let words: RestoreWordsView
    private let nameRow: EntryRow
    private let bindings = Bindings()

    init(model: RestoreModel) {
        self.model = model
        let ui = Template(resource: "/im/shallot/Shallot/ui/Onboarding/restore.ui")
        words = RestoreWordsView(model: model, box: ui("words"))
        let wordsPage: ScrolledWindow = ui("root")
        let caption: Label = ui("caption")
        let footnote: Label = ui("footnote")
        let showWords: CheckButton = ui("show_words")
        let continueButton: Button = ui("continue_button")
        footnote.text = model.footnote
        showWords.onToggled { model.showsWords = $0 }
        continueButton.onClicked { model.proceed() }

        let nameUI = Template(resource: "/im/shallot/Shallot/ui/Onboarding/restore-name.ui")
        let namePage: ScrolledWindow = nameUI("root")
        nameRow = nameUI("name_row")
        root.add(wordsPage, name: "words")
        root.add(namePage, name: "name")

        bindings.follow({ CaptionState(text: model.problem ?? "", isError: model.isProblemAnError) }) { state in
            caption.text = state.text
            caption.setClass("error", state.isError)
            caption.setClass("dim-label", !state.isError)
        }
        bindings.follow({ model.canContinue }) { continueButton.isSensitive = $0 }
        bindings.follow({ model.stage }) { [weak self] in self?.show($0) }
        connectName(nameUI)
    }

    private func connectName(_ ui: Template) {
        let caption: Label = ui("caption")
        let counter: Label = ui("counter")
        let restoreButton: Button = ui("restore_button")
        nameRow.onChanged { [model] text in model.name = text }
        nameRow.onEntryActivated { [model] in Task { await model.submit() } }
        restoreButton.onClicked { [model] in Task { await model.submit() } }
        bindings.follow({ [model] in model.nameProblem }) { [nameRow] problem in
            caption.text = problem ?? tr("Contacts see this name. You can change it whenever you like.")
            caption.setClass("error", problem != nil)
            caption.setClass("dim-label", problem == nil)
            nameRow.showError(problem != nil)
        }
        bindings.follow({ [model] in model.counter }) { counter.text = $0 ?? "" }
        bindings.follow({ [model] in model.canRestore }) { restoreButton.isSensitive = $0 }
    }

    private func show(_ stage: RestoreModel.Stage) {
        switch stage {
        case .words: root.visibleChildName = "words"
        case .name: root.visibleChildName = "name"
        }
        takeFocus()
    }

    func takeFocus() {
        switch model.stage {
        case .words: words.takeFocus()
        case .name: nameRow.grabFocus()
        }
    }
}

/// What the line under a field says.
struct CaptionState: Equatable, Sendable {
    let text: String
    let isError: Bool
}
