import Foundation
import GtkKit
import ShallotModels

/// The buttons below a call, and the bar about somebody else who called.
final class CallControls {
    private let controls: Box, ending: Box
    private let close: Button, again: Button
    private let model: CallModel
    private let devices: DeviceChooser
    private let bindings = Bindings()

    /// A popover hangs from a button.
    var isHeld: Bool { devices.isOpen }

    /// - Parameter sounds: the folder with what calls sound like.
    init(_ ui: Template, model: CallModel, calls: CallsModel, sounds: URL?) {
        self.model = model
        controls = ui("controls")
        ending = ui("ending")
        close = ui("close_button")
        again = ui("again_button")
        devices = DeviceChooser(model: calls.devices, uses: [.microphone, .speaker, .camera], sounds: sounds)
        let devicesButton: MenuButton = ui("devices_button")
        devicesButton.setPopover(devices.popover)
        connectToggles(ui)
        connectSharing(ui)
        let end: Button = ui("end_button")
        let smallEnd: Button = ui("small_end_button")
        for button in [end, smallEnd] { button.onClicked { Task { await model.hangUp() } } }
        close.onClicked { model.dismiss() }
        again.onClicked { Task { await calls.callAgain() } }
        connectInterruption(ui, calls)
    }

    private func connectToggles(_ ui: Template) {
        let model = model
        let mute: ToggleButton = ui("mute_button")
        let camera: ToggleButton = ui("camera_button")
        let muting = mute.onToggled { isOn in Task { await model.setMuted(isOn) } }
        let filming = camera.onToggled { isOn in Task { await model.setCamera(isOn) } }
        bindings.follow({ model.isMuted }) { isMuted in
            muting.silently { mute.isActive = isMuted }
            mute.iconName = isMuted ? "microphone-disabled-symbolic" : "audio-input-microphone-symbolic"
        }
        bindings.follow({ model.isCameraOn }) { isOn in
            filming.silently { camera.isActive = isOn }
            camera.iconName = isOn ? "camera-web-symbolic" : "camera-disabled-symbolic"
        }
    }

    private func connectSharing(_ ui: Template) {
        let model = model
        let bar: Revealer = ui("sharing")
        let stop: Button = ui("stop_button")
        stop.onClicked { Task { await model.stopSharing() } }
        bindings.follow({ model.isSharing }) { isSharing in
            bar.isVisible = isSharing
            bar.isRevealed = isSharing
        }
    }

    private func connectInterruption(_ ui: Template, _ calls: CallsModel) {
        let bar: Revealer = ui("interruption")
        let words: Label = ui("interruption_words")
        let callOther: Button = ui("call_other_button")
        let forget: Button = ui("forget_button")
        callOther.onClicked { Task { await calls.endAndCallBack() } }
        forget.onClicked { calls.forgetInterruption() }
        bindings.follow({ calls.interruption }) { interruption in
            bar.isVisible = interruption != nil
            bar.isRevealed = interruption != nil
            guard let name = interruption?.name else { return }
            words.text = tr("{name} called and heard that you are in a call.", ["name": name.isolated])
        }
    }

    func layOut(isOver: Bool) {
        controls.isVisible = !isOver
        ending.isVisible = isOver
        again.isVisible = model.offersAnotherCall
        if isOver, !ending.containsFocus { (again.isVisible ? again : close).grabFocus() }
    }
}
