import Foundation
import GtkKit
import ShallotCore
import ShallotModels

/// The page about calls. Turning them on asks what they may show first.
final class CallPreferences {
    private static let modes: [CallMode] = [.relayOnly, .direct]

    private let bindings = Bindings()
    private var trial: DeviceTrial?

    /// - Parameter sounds: the folder with what calls sound like.
    init(model: CallsModel, ui: Template, sounds: URL?, tell: @escaping (String) -> Void) {
        let row: Switch = ui("calls_switch")
        let mode: ComboRow = ui("call_mode_row")
        let facts: PreferencesGroup = ui("call_facts_group")
        mode.setUsesMarkup(false)
        mode.setChoices(Self.modes.map(\.words))
        for fact in ConsentModel.facts {
            let line = ActionRow(title: fact)
            line.setTitleLines(0)
            facts.add(line)
        }
        let switching = row.onToggled { isOn in
            if isOn { model.askForConsent() } else { Task { await model.setMode(.off) } }
        }
        let choosing = mode.onSelected { index in
            guard model.areOn, Self.modes.indices.contains(index) else { return }
            Task { await model.setMode(Self.modes[index]) }
        }
        bindings.follow({ model.mode }) { fresh in
            switching.silently { row.isActive = fresh != .off }
            mode.isVisible = fresh != .off
            mode.subtitle = fresh.explanation
            choosing.silently { mode.selected = Self.modes.firstIndex(of: fresh) ?? 0 }
        }
        connectDevices(model, ui, sounds, tell)
        // Somebody who was asked and did not want to sees the switch go back.
        bindings.follow({ model.consent?.isDone }) { [weak row] isDone in
            guard isDone == true, let row, !model.areOn, row.isActive else { return }
            switching.silently { row.isActive = false }
        }
    }

    /// Looking for devices starts GStreamer, so it begins when the page is seen.
    private func connectDevices(
        _ calls: CallsModel, _ ui: Template, _ sounds: URL?, _ tell: @escaping (String) -> Void
    ) {
        let group: PreferencesGroup = ui("call_devices_group")
        let model = calls.devices
        bindings.follow({ calls.areOn }) { group.isVisible = $0 }
        let rows: [(CallDeviceUse, ComboRow)] = [
            (.microphone, ui("call_microphone_row")), (.speaker, ui("call_speaker_row")),
            (.camera, ui("call_camera_row")), (.ring, ui("call_ring_row")),
        ]
        for (use, row) in rows {
            row.setUsesMarkup(false)
            let choosing = row.onSelected { index in
                let choices = model.choices(for: use)
                guard choices.indices.contains(index) else { return }
                Task { await model.choose(choices[index].id, for: use) }
            }
            bindings.follow({ model.choices(for: use) }) { choices in
                choosing.silently {
                    row.setChoices(choices.map(\.name))
                    row.selected = choices.firstIndex { $0.id == model.device(for: use) } ?? 0
                }
            }
        }
        let trial = DeviceTrial(model: model, sounds: sounds)
        self.trial = trial
        trial.show(ui("call_level"), for: ui("call_level_button"))
        let test: ActionRow = ui("call_sound_row")
        test.isVisible = trial.hasSound
        test.onActivated { [weak trial] in trial?.play(tell) }
        bindings.follow({ model.notice?.text }) { if let text = $0 { tell(text) } }
        let watch = Watch()
        group.onMap { watch.task = watch.task ?? Task { await model.watch() } }
        group.onUnmap {
            watch.task?.cancel()
            watch.task = nil
        }
    }

    private final class Watch {
        var task: Task<Void, Never>?
        isolated deinit { task?.cancel() }
    }
}
