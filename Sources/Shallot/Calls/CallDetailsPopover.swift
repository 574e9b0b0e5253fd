import GtkKit
import ShallotModels

/// What the connection of a call is made of, while it is looked at.
final class CallDetailsPopover {
    let root: Popover
    private let lines = Box(.vertical, spacing: 4)
    private var values: [String: Label] = [:]
    private(set) var isOpen = false
    var opened: () -> Void = {}

    init() {
        lines.setMargins(9)
        lines.setSizeRequest(width: 230)
        root = Popover(lines)
        root.onMap { [weak self] in
            self?.isOpen = true
            self?.opened()
        }
        root.onUnmap { [weak self] in self?.isOpen = false }
        show([])
    }

    func show(_ details: [CallDetail]) {
        if Set(values.keys) != Set(details.map(\.label)) || details.isEmpty { rebuild(details) }
        for detail in details { values[detail.label]?.text = detail.value }
    }

    private func rebuild(_ details: [CallDetail]) {
        lines.removeAll()
        values = [:]
        if details.isEmpty { lines.append(Label(tr("Not connected yet"))) }
        for detail in details {
            let label = Label(detail.label)
            label.addClass("dim-label")
            label.xalign = 0
            label.expandsHorizontally = true
            let value = Label()
            value.addClass("numeric")
            value.wraps = true
            value.xalign = 1
            value.maxWidthChars = 24
            let line = Box(.horizontal, spacing: 12)
            line.append(label, value)
            lines.append(line)
            values[detail.label] = value
        }
    }
}
