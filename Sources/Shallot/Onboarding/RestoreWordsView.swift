import GtkKit
import SessionWire
import ShallotModels

/// The 13 numbered fields of a recovery phrase, each marked when its word is not one of the list.
final class RestoreWordsView {
    private let model: RestoreModel
    private let entries: [Entry]
    private var offersWords: Set<Int> = []
    private let bindings = Bindings()

    init(model: RestoreModel, box: FlowBox) {
        self.model = model
        box.selectsNothing()
        entries = (0..<RestoreModel.wordCount).map { Self.entry($0, in: box) }
        for (index, entry) in entries.enumerated() {
            entry.onChanged { [weak self] text in self?.typed(text, at: index) }
            entry.onActivate { [weak self] in self?.entered(at: index) }
        }
        bindings.follow({ model.words }) { [weak self] words in self?.show(words) }
        bindings.follow({ model.showsWords }) { [weak self] isShown in self?.show(isShown) }
    }

    func takeFocus() {
        let index = model.words.firstIndex { $0.text.isEmpty } ?? 0
        entries[index].grabFocus()
    }

    private static func entry(_ index: Int, in box: FlowBox) -> Entry {
        let ui = Template(resource: "/im/shallot/Shallot/ui/Onboarding/restore-word.ui")
        let root: Widget = ui("root")
        let number: Label = ui("number")
        let entry: Entry = ui("entry")
        number.text = "\(index + 1)"
        entry.name = "restore.word.\(index + 1)"
        entry.setAccessibleLabel(tr("Word {n}", ["n": "\(index + 1)"]))
        box.append(root)
        return entry
    }

    private func typed(_ text: String, at index: Int) {
        guard text != model.words[index].text else { return }
        let next = model.setWord(index, to: text)
        if model.showsWords, offersWords.insert(index).inserted { entries[index].setCompletions(RecoveryPhrase.words) }
        // The entry is in the middle of its change: what the model made of it is shown afterwards.
        Task {
            show(model.words)
            if let next { entries[next].grabFocus() }
        }
    }

    private func show(_ isShown: Bool) {
        entries.forEach { $0.showsText = isShown }
        guard !isShown else { return }
        // A list of words below the dots would tell what they hide.
        offersWords.forEach { entries[$0].setCompletions([]) }
        offersWords = []
    }

    private func entered(at index: Int) {
        model.complete(index)
        if model.canContinue {
            Task { [model] in await model.submit() }
        } else {
            entries[min(index + 1, entries.count - 1)].grabFocus()
        }
    }

    private func show(_ words: [RestoreWord]) {
        for (entry, word) in zip(entries, words) {
            if entry.text != word.text {
                entry.text = word.text
                entry.cursorPosition = -1
            }
            entry.showError(word.state == .unknown)
        }
    }
}
