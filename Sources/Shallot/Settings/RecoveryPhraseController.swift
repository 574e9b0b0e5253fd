import GtkKit
import ShallotModels

/// The recovery phrase: warned about, shown, copied, and checked to be written down.
final class RecoveryPhraseController {
    let root: Stack
    private let model: RecoveryPhraseModel
    private let words: FlowBox
    private let qrButton: ToggleButton
    private let bindings = Bindings()
    private var answers: [EntryRow] = []

    isolated deinit { model.hide() }

    /// - Parameter tell: says in a word that something was copied.
    init(model: RecoveryPhraseModel, tell: @escaping (String) -> Void) {
        self.model = model
        let ui = Template(resource: "/im/shallot/Shallot/ui/Settings/recovery-phrase.ui")
        root = ui("root")
        words = ui("words")
        qrButton = ui("qr_button")
        words.selectsNothing()
        connectWords(ui, tell)
        connectCheck(ui)
        bindings.follow({ model.stage }) { [weak self] in self?.show($0) }
    }

    private func connectWords(_ ui: Template, _ tell: @escaping (String) -> Void) {
        let reveal: Button = ui("reveal_button")
        let copy: Button = ui("copy_button")
        let saved: Button = ui("saved_button")
        let notice: Label = ui("warning_notice")
        reveal.onClicked { [model] in Task { await model.reveal() } }
        copy.onClicked { [model] in
            model.copy()
            tell(model.copiedText)
        }
        saved.onClicked { [model] in model.askForWords() }
        QRCodeToggle.connect(button: qrButton, revealer: ui("qr_revealer"), picture: ui("qr_picture"), scale: 8) {
            [model] in
            QRCodeToggle.Content(payload: model.qrPayload, label: tr("QR code of your recovery phrase"))
        }
        bindings.follow({ [model] in model.notice?.text }) { text in
            notice.text = text ?? ""
            notice.isVisible = text != nil
        }
        bindings.follow({ [model] in model.words }) { [weak self] in self?.show($0) }
    }

    private func connectCheck(_ ui: Template) {
        let group: PreferencesGroup = ui("answers")
        let notice: Label = ui("check_notice")
        let again: Button = ui("look_again_button")
        let confirm: Button = ui("confirm_button")
        answers = RecoveryPhraseModel.asked.indices.map { index in
            let row = EntryRow(title: model.label(forAnswer: index))
            row.name = "phrase.answer.\(RecoveryPhraseModel.asked[index])"
            row.onChanged { [model] text in model.answers[index] = text }
            row.onEntryActivated { [model] in Task { await model.confirm() } }
            group.add(row)
            return row
        }
        again.onClicked { [model] in model.backToWords() }
        confirm.onClicked { [model] in Task { await model.confirm() } }
        bindings.follow({ [model] in model.canConfirm }) { confirm.isSensitive = $0 }
        bindings.follow({ [model] in RecoveryPhraseModel.asked.indices.map(model.isWrong) }) { [weak self] wrong in
            guard let self else { return }
            for (row, isWrong) in zip(answers, wrong) { row.showError(isWrong) }
        }
        bindings.follow({ [model] in model.notice?.text }) { text in
            notice.text = text ?? ""
            notice.isVisible = text != nil
        }
    }

    private func show(_ stage: RecoveryPhraseModel.Stage) {
        switch stage {
        case .warning: root.visibleChildName = "warning"
        case .words: root.visibleChildName = "words"
        case .check:
            qrButton.isActive = false
            answers.forEach { $0.text = "" }
            root.visibleChildName = "check"
            answers.first?.grabFocus()
        case .saved: root.visibleChildName = "saved"
        }
    }

    private func show(_ phrase: [String]) {
        words.removeAll()
        for (index, word) in phrase.enumerated() {
            let line = Box(.horizontal, spacing: 6)
            let number = Label("\(index + 1)")
            let text = Label(word)
            number.widthChars = 2
            number.xalign = 1
            number.addClass("dim-label")
            number.addClass("numeric")
            text.addClass("monospace")
            text.name = "phrase.word.\(index + 1)"
            line.append(number, text)
            words.append(line)
        }
    }
}
