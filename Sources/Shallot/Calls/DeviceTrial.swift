import Foundation
import GtkKit
import MediaKit
import ShallotModels

/// Tries devices before, or while, somebody depends on them: how loud the microphone is, and a sound for the speaker.
final class DeviceTrial {
    private let model: CallDevicesModel
    private let sound: URL?
    private let player = SoundPlayer()
    private let bindings = Bindings()

    /// - Parameter sounds: the folder with what calls sound like.
    init(model: CallDevicesModel, sounds: URL?) {
        self.model = model
        sound = sounds?.appending(path: "end.wav")
    }

    var hasSound: Bool { sound != nil }

    /// The microphone is open only while its button is pressed and seen.
    func show(_ bar: LevelBar, for button: ToggleButton) {
        let model = model
        let pressing = button.onToggled { model.setTrying($0) }
        button.onUnmap { model.setTrying(false) }
        bindings.follow({ model.isTrying }) { isTrying in pressing.silently { button.isActive = isTrying } }
        bindings.follow({ model.level }) { level in
            bar.isVisible = level != nil
            bar.value = level ?? 0
        }
    }

    /// - Parameter tell: gets a sentence when it cannot be heard.
    func play(_ tell: @escaping (String) -> Void) {
        guard let sound else { return }
        let speaker = model.device(for: .speaker)
        Task { [player] in
            do { try await player.play(WaveSound(contentsOf: sound), on: speaker, role: .test) } catch {
                tell(tr("No speaker can be opened."))
            }
        }
    }
}
