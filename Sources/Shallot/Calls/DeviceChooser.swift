import Foundation
import GtkKit
import ShallotModels

/// A list of devices in a popover, kept up to date while it is open, with ways to try them.
final class DeviceChooser {
    let popover: Popover
    private(set) var isOpen = false
    private let model: CallDevicesModel
    private let uses: [CallDeviceUse]
    private let lists = Box(.vertical, spacing: 3)
    private let trial: DeviceTrial
    /// Of each list, never seen: a choice that stands alone looks like one, too.
    private var anchors: [CheckButton] = []
    private let trouble = Label(role: .status)
    private var watch: Task<Void, Never>?
    private var bindings: Bindings?

    /// More devices than fit scroll.
    private static let height = 340

    /// - Parameter sounds: the folder with what calls sound like.
    init(model: CallDevicesModel, uses: [CallDeviceUse], sounds: URL?) {
        (self.model, self.uses) = (model, uses)
        trial = DeviceTrial(model: model, sounds: sounds)
        let scroller = ScrolledWindow()
        scroller.scrollsVertically()
        scroller.growTo(height: Self.height)
        scroller.setChild(lists)
        let box = Box(.vertical, spacing: 6)
        box.setMargins(9)
        box.append(scroller)
        popover = Popover(box)
        appendTrials(to: box)
        popover.onMap { [weak self] in self?.opened() }
        popover.onUnmap { [weak self] in self?.closed() }
    }

    isolated deinit { watch?.cancel() }

    private func appendTrials(to box: Box) {
        let button = ToggleButton(icon: "audio-input-microphone-symbolic", label: tr("Try the Microphone"))
        button.name = "call.try-microphone"
        let bar = LevelBar()
        bar.setAccessibleLabel(tr("Loudness"))
        bar.valign = .center
        bar.expandsHorizontally = true
        let sound = Button(icon: "audio-speakers-symbolic", label: tr("Play a Test Sound"))
        sound.name = "call.test-sound"
        sound.isVisible = trial.hasSound
        sound.onClicked { [weak self] in self?.trial.play { self?.tell($0) } }
        let line = Box(.horizontal, spacing: 6)
        line.append(button, sound, bar)
        trouble.wraps = true
        trouble.xalign = 0
        trouble.maxWidthChars = 36
        box.append(line, trouble)
        tell(nil)
        trial.show(bar, for: button)
    }

    private func tell(_ sentence: String?) {
        trouble.isVisible = sentence != nil
        trouble.text = sentence ?? ""
    }

    private func opened() {
        isOpen = true
        let model = model
        watch = Task { await model.watch() }
        let fresh = Bindings()
        let uses = uses
        fresh.follow({ uses.map { model.choices(for: $0) } }) { [weak self] in self?.show($0) }
        fresh.follow({ model.notice?.text }) { [weak self] in self?.tell($0) }
        bindings = fresh
    }

    private func closed() {
        isOpen = false
        watch?.cancel()
        (watch, bindings) = (nil, nil)
    }

    private func show(_ choices: [[CallDevicesModel.Choice]]) {
        lists.removeAll()
        anchors = []
        for (use, choices) in zip(uses, choices) {
            let heading = Label(use.words)
            heading.addClass("heading")
            heading.xalign = 0
            lists.append(heading)
            let anchor = CheckButton(label: "")
            anchors.append(anchor)
            for choice in choices {
                let button = CheckButton(label: choice.name)
                button.setGroup(anchor)
                button.isActive = choice.id == model.device(for: use)
                button.onToggled { [model] isOn in
                    if isOn { Task { await model.choose(choice.id, for: use) } }
                }
                lists.append(button)
            }
        }
    }
}
