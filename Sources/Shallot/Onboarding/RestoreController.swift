import GtkKit
import SessionWire
import ShallotModels

/// The 13 words, typed, pasted or out of a picture.
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
        let choices: FlowBox = ui("choices")
        choices.selectsNothing()
        footnote.text = model.footnote
        showWords.onToggled { model.showsWords = $0 }
        continueButton.onClicked { Task { await model.submit() } }
        connectPictures(ui("image_button"), model)
        bindings.follow({ CaptionState(text: model.problem ?? "", isError: model.isProblemAnError) }) { state in
            caption.text = state.text
            caption.setClass("error", state.isError)
            caption.setClass("dim-label", !state.isError)
        }
        bindings.follow({ model.canContinue }) { continueButton.isSensitive = $0 }
    }

    private func connectPictures(_ button: Button, _ model: RestoreModel) {
        button.onClicked { [weak self] in
            let window = self?.root.window
            Task {
                let file = await FileChooser.openPicture(
                    tr("Open Image of QR Code"), accept: tr("Open"), kind: tr("Pictures"), over: window)
                if let file { await Self.take(.file(file), model) }
            }
        }
        let drop = PictureDrop()
        drop.onDropped { content in Task { await Self.take(content, model) } }
        root.add(drop)
        let keys = KeyController(phase: .capture)
        keys.onPressed { key in
            guard key.isControl, key.symbol == .character("v"), Clipboard.holdsPicture else { return false }
            Task { if let texture = await Clipboard.picture() { await Self.take(.texture(texture), model) } }
            return true
        }
        root.add(keys)
        bindings.follow({ model.isWorking }) { button.isSensitive = !$0 }
    }

    private static func take(_ content: PictureDrop.Content, _ model: RestoreModel) async {
        await model.takeCode { () async throws(CodePictureError) in
            switch content {
            case .file(let file): try await CodePicture.texts(in: file)
            case .texture(let texture): try await CodePicture.texts(in: texture)
            }
        }
    }

    func takeFocus() { words.takeFocus() }
}

/// What the line under a field says.
struct CaptionState: Equatable, Sendable {
    let text: String
    let isError: Bool
}
