import BaseKit
import Foundation
import GtkKit
import Logging
import MediaKit
import ShallotModels

/// Lets a call be heard: the ring, the ring-back and the end. Nothing of it is loaded before the first call.
final class CallSounds {
    private enum Sound: String { case ring, ringBack = "ring-back", end }

    /// Of full loudness, so that nobody is startled.
    private static let volume = 0.7

    private let folder: URL?
    private let player = SoundPlayer()
    private let log = Log.logger("call-sounds")
    private var playing: Sound?
    private var work: Task<Void, Never>?
    private let bindings = Bindings()

    /// - Parameter folder: with the sounds; `nil` for silence.
    init(model: CallsModel, folder: URL?) {
        self.folder = folder
        bindings.follow({ CallSounds.wanted(model.call) }) { [weak self, model] in
            self?.play($0, on: model.devices.device(for: $0 == .ring ? .ring : .speaker))
        }
    }

    func leave() { play(nil, on: nil) }

    private static func wanted(_ call: CallModel?) -> Sound? {
        guard let call else { return nil }
        return switch call.stage {
        case .ringing: call.isSilent ? nil : .ring
        case .calling: .ringBack
        case .over: call.wasConnected ? .end : nil
        case .connecting, .running, .reconnecting: nil
        }
    }

    private func play(_ sound: Sound?, on speaker: String?) {
        guard sound != playing else { return }
        // The last words of a call are heard to their end.
        let isLast = sound == nil && playing == .end
        playing = sound
        guard !isLast else { return }
        let before = work
        work = Task { [player, folder, log] in
            await before?.value
            guard let sound, let folder else { return await player.stop() }
            do {
                let wave = try await Self.wave(folder.appending(path: "\(sound.rawValue).wav"))
                try await player.play(
                    wave, repeats: sound != .end, on: speaker, role: sound == .ring ? .ring : .notification,
                    volume: Self.volume)
            } catch { log.notice("A call makes no sound: \(error)") }
        }
    }

    @concurrent private nonisolated static func wave(_ file: URL) async throws -> WaveSound {
        try WaveSound(contentsOf: file)
    }
}
