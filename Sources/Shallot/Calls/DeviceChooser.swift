import GtkKit
import ShallotModels

/// A list of devices in a popover, kept up to date while it is open.
final class DeviceChooser {
    let popover: Popover
    private(set) var isOpen = false
    private let model: CallDevicesModel
    private let uses: [CallDeviceUse]
    private let box = Box(.vertical, spacing: 3)
    private var watch: Task<Void, Never>?
    private var bindings: Bindings?

    init(model: CallDevicesModel, uses: [CallDeviceUse]) {
        (self.model, self.uses) = (model, uses)
        box.setMargins(9)
        popover = Popover(box)
        popover.onMap { [weak self] in self?.opened() }
        popover.onUnmap { [weak self] in self?.closed() }
    }

    isolated deinit { watch?.cancel() }

    private func opened() {
        isOpen = true
        let model = model
        watch = Task { await model.watch() }
        let fresh = Bindings()
        let uses = uses
        fresh.follow({ uses.map { model.choices(for: $0) } }) { [weak self] in self?.show($0) }
        bindings = fresh
    }

    private func closed() {
        isOpen = false
        watch?.cancel()
        (watch, bindings) = (nil, nil)
    }

    private func show(_ lists: [[CallDevicesModel.Choice]]) {
        box.removeAll()
        for (use, choices) in zip(uses, lists) {
            let heading = Label(use.words)
            heading.addClass("heading")
            heading.xalign = 0
            box.append(heading)
            var first: CheckButton?
            for choice in choices {
                let button = CheckButton(label: choice.name)
                if let first { button.setGroup(first) } else { first = button }
                button.isActive = choice.id == model.device(for: use)
                button.onToggled { [model] isOn in
                    if isOn { Task { await model.choose(choice.id, for: use) } }
                }
                box.append(button)
            }
        }
    }
}
