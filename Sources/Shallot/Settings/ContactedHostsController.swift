import GtkKit
import ShallotModels

/// The page that names every computer the program talked to.
final class ContactedHostsController {
    let root: Clamp
    private let group = PreferencesGroup()
    private let empty = Label(tr("None yet"))
    private let bindings = Bindings()
    private var rows: [ActionRow] = []

    init(model: ContactedHostsModel) {
        let box = Box(.vertical, spacing: 12)
        box.setMargins(top: 24, bottom: 24, start: 12, end: 12)
        empty.addClass("dim-label")
        box.append(group, empty)
        root = Clamp(maximum: 600, child: box)
        bindings.run { await model.run() }
        bindings.follow({ model.rows }) { [weak self] in self?.show($0) }
    }

    private func show(_ hosts: [HostRow]) {
        rows.forEach(group.remove)
        rows = hosts.map { ActionRow(title: $0.address, subtitle: $0.facts) }
        rows.forEach(group.add)
        group.isVisible = !hosts.isEmpty
        empty.isVisible = hosts.isEmpty
    }
}
