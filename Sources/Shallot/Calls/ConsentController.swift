import GtkKit
import ShallotCore
import ShallotModels

/// The page that stands before the first call.
final class ConsentController {
    let window: AdwaitaWindow
    private let bindings = Bindings()

    init(model: ConsentModel, parent: Window?, application: Application) {
        let ui = Template(resource: "/im/shallot/Shallot/ui/Calls/consent.ui")
        window = ui("window")
        let facts: Box = ui("facts")
        let notice: Label = ui("notice")
        let confirm: Button = ui("confirm_button")
        let refuse: Button = ui("refuse_button")
        for fact in ConsentModel.facts { facts.append(Self.line(fact)) }
        let rows: [(CallMode, ActionRow, CheckButton)] = [
            (.relayOnly, ui("relay_row"), ui("relay_button")), (.direct, ui("direct_row"), ui("direct_button")),
        ]
        for (mode, row, button) in rows {
            row.title = mode == .relayOnly ? tr("Relay only (recommended)") : mode.words
            row.subtitle = mode.explanation
            button.setAccessibleDescription(row.subtitle)
            button.onToggled { [weak model] isOn in if isOn { model?.choice = mode } }
        }
        confirm.label = model.confirmation
        confirm.onClicked { [weak model] in Task { await model?.confirm() } }
        refuse.onClicked { [weak model] in model?.refuse() }
        if let parent { window.setTransient(for: parent) } else { window.setApplication(application) }
        window.closesOnEscape()
        window.watchForLeaks()
        window.onCloseRequest { [weak model] in
            model?.refuse()
            return false
        }
        bindings.follow({ model.canTurnOn }) { confirm.isSensitive = $0 }
        bindings.follow({ model.notice?.text }) { text in
            notice.isVisible = text != nil
            notice.text = text ?? ""
        }
        bindings.follow({ model.isDone }) { [weak self] isDone in if isDone { self?.window.destroy() } }
    }

    private static func line(_ fact: String) -> Widget {
        let dot = Label("•", role: .presentation)
        dot.valign = .start
        let words = Label(fact)
        words.wraps = true
        words.xalign = 0
        words.expandsHorizontally = true
        let line = Box.line(spacing: 9)
        line.append(dot, words)
        return line
    }
}
