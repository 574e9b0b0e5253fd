import GtkKit
import SessionWire
import ShallotModels

/// The 13 words.
final class RestoreController: OnboardingPage {
    let root: ScrolledWindow
    private let words: RestoreWordsView
    private let bindings = Bindings()

    init(model: RestoreModel) {
        let ui = Template(resource: "/im/shallot/Shallot/ui/Onboarding/restore.ui")
        root = ui("root")
        words = RestoreWordsView(model: model, box: ui("words"))
        let caption: Label = ui("caption")
        let footnote: Label = ui("footnote")
        let showWords: CheckButton = ui("show_words")
        let continueButton: Button = ui("continue_button")
        footnote.text = model.footnote
        showWords.onToggled { model.showsWords = $0 }
        continueButton.onClicked { Task { await model.submit() } }
        bindings.follow({ CaptionState(text: model.problem ?? "", isError: model.isProblemAnError) }) { state in
            caption.text = state.text
            caption.setClass("error", state.isError)
            caption.setClass("dim-label", !state.isError)
        }
        bindings.follow({ model.canContinue }) { continueButton.isSensitive = $0 }
    }

    func takeFocus() { words.takeFocus() }
}

/// What the line under a field says.
struct CaptionState: Equatable, Sendable {
    let text: String
    let isError: Bool
}
