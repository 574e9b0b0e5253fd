import GtkKit
import ShallotModels

/// The page about the nodes that carry one's messages.
final class NetworkPathController {
    let root: Clamp
    private let model: NetworkPathModel
    private let paths: Box
    private let bindings = Bindings()

    /// - Parameter tell: says in a word that something was copied.
    init(model: NetworkPathModel, tell: @escaping (String) -> Void) {
        self.model = model
        let ui = Template(resource: "/im/shallot/Shallot/ui/Settings/network-path.ui")
        root = ui("root")
        paths = ui("paths")
        let explanation: Label = ui("explanation")
        let guardText: Label = ui("guard_explanation")
        let state: Label = ui("state")
        let problem: Label = ui("problem")
        let rebuild: Button = ui("rebuild_button")
        let entry: Button = ui("entry_button")
        let copy: Button = ui("copy_button")
        explanation.text = model.explanation
        guardText.text = model.guardExplanation
        rebuild.onClicked { Task { await model.rebuild() } }
        entry.onClicked { [weak self] in self?.askAboutEntryNode() }
        copy.onClicked {
            Clipboard.copy(model.diagnosticText)
            tell(tr("Diagnostics copied"))
        }
        bindings.run { await model.run() }
        bindings.follow({ model.isRebuilding ? tr("Building a network path…") : model.summary.words }) {
            state.text = $0
        }
        bindings.follow({ model.problem }) { text in
            problem.text = text ?? ""
            problem.isVisible = text != nil
        }
        bindings.follow({ model.isRebuilding }) { isRebuilding in
            rebuild.isSensitive = !isRebuilding
            entry.isSensitive = !isRebuilding
        }
        bindings.follow({ model.rows }) { [weak self] in self?.show($0) }
    }

    private func show(_ rows: [PathRow]) {
        paths.removeAll()
        for row in rows {
            let group = PreferencesGroup(
                title: row.title, description: ([row.state] + row.facts).joined(separator: " · "))
            for hop in row.hops {
                let line = ActionRow(title: hop.role, subtitle: "\(hop.place)\n\(hop.sees)")
                line.setSubtitleLines(0)
                line.name = "path.\(row.id).hop.\(hop.id + 1)"
                group.add(line)
            }
            paths.append(group)
        }
    }

    private func askAboutEntryNode() {
        let dialog = MessageDialog(parent: root.window, heading: tr("Change the Entry Node?"), body: model.entryWarning)
        dialog.addResponse("keep", tr("Keep"))
        dialog.addResponse("change", tr("Change Entry Node"), .destructive)
        dialog.setDefault("keep")
        dialog.setClose("keep")
        dialog.present { [model] response in
            if response == "change" { Task { await model.rebuild(changingEntryNode: true) } }
        }
    }
}
