import GtkKit
import ShallotModels

/// The page about the servers that a network starts from, where another network can be chosen.
final class NetworkServersController {
    let root: Clamp
    private let bindings = Bindings()

    /// - Parameter tell: says in a word that something was saved.
    init(model: NetworkServersModel, tell: @escaping (String) -> Void) {
        let explanation = Label(model.explanation)
        explanation.wraps = true
        explanation.xalign = 0
        let notice = Label()
        notice.wraps = true
        notice.xalign = 0
        notice.addClass("error")
        notice.name = "servers.notice"

        let choose = Button(label: tr("Choose File…"))
        choose.name = "servers.choose"
        choose.addClass("suggested-action")
        choose.isVisible = model.canChange
        let save = Button(label: tr("Save a Copy…"))
        save.name = "servers.save"
        let reset = Button(label: tr("Use the Installed Network"))
        reset.name = "servers.reset"
        reset.isVisible = model.canReset
        let buttons = FlowBox()
        buttons.selectsNothing()
        [choose, save, reset].filter(\.isVisible).forEach(buttons.append)

        let box = Box(.vertical, spacing: 18)
        box.setMargins(top: 24, bottom: 24, start: 12, end: 12)
        box.append(explanation, Self.group(model), notice, buttons)
        box.append(Self.list(tr("Asked for the List of Nodes"), model.seeds))
        box.append(Self.list(tr("Asked When None of These Answers"), model.nodes))
        root = Clamp(maximum: 600, child: box)

        choose.onClicked { [weak self] in
            let window = self?.root.window
            Task {
                let file = await FileChooser.open(
                    tr("Choose a Network"), accept: tr("Use This Network"), suffix: "json",
                    kind: tr("Network definitions"), over: window)
                if let file { await model.choose(file) }
            }
        }
        save.onClicked { [weak self] in
            let window = self?.root.window
            Task {
                let file = await FileChooser.save(
                    tr("Save a Copy"), accept: tr("Save"), name: "network.json", over: window)
                if let file, model.save(to: file) { tell(tr("Copy saved")) }
            }
        }
        reset.onClicked { Task { await model.reset() } }
        bindings.follow({ model.notice?.text }) { text in
            notice.text = text ?? ""
            notice.isVisible = text != nil
        }
        bindings.follow({ model.isWorking }) { isWorking in
            [choose, save, reset].forEach { $0.isSensitive = !isWorking }
        }
    }

    private static func group(_ model: NetworkServersModel) -> PreferencesGroup {
        let group = PreferencesGroup()
        let row = ActionRow(title: model.name, subtitle: model.origin)
        row.name = "servers.network"
        row.setSubtitleLines(0)
        group.add(row)
        return group
    }

    private static func list(_ title: String, _ places: [String]) -> PreferencesGroup {
        let group = PreferencesGroup(title: title)
        places.forEach { group.add(ActionRow(title: $0)) }
        group.isVisible = !places.isEmpty
        return group
    }
}
