import CGst
import CMediaKit
import Synchronization

/// Plays one sound at a time: the ring, the ring-back, the test sound. A speaker is open only while it plays.
public final class SoundPlayer: Sendable {
    /// What the desktop should take the sound for; it decides about volume and about what else falls silent.
    public enum Role: String, Sendable { case ring = "phone", notification = "event", test }

    private struct State {
        var pipeline: Reference?
        var number = 0
    }

    private let state = Mutex(State())

    public init() {}
    deinit { state.withLock { $0.pipeline }?.change(to: GST_STATE_NULL) }

    /// Begins to play, in place of what played before.
    /// - Parameters:
    ///   - repeats: again and again until ``stop()``.
    ///   - speaker: by its stable name; `nil`, or one that is not there, is the system's default.
    ///   - volume: 0…1, of the sound as it is.
    /// - Throws: ``MediaError`` when no speaker can be opened.
    public func play(
        _ sound: WaveSound, repeats: Bool = false, on speaker: String? = nil, role: Role = .notification,
        volume: Double = 1
    ) async throws(MediaError) {
        await stop()
        try MediaSystem.start()
        do { try begin(sound, repeats: repeats, on: speaker, role: role, volume: volume) } catch {
            guard speaker != nil else { throw error }
            try begin(sound, repeats: repeats, on: nil, role: role, volume: volume)
        }
    }

    /// Falls silent at once, and gives the speaker back.
    public func stop() async { end(nil) }

    public var isPlaying: Bool { state.withLock { $0.pipeline != nil } }

    private func begin(
        _ sound: WaveSound, repeats: Bool, on speaker: String?, role: Role, volume: Double
    ) throws(MediaError) {
        let pipeline = try Speaker.pipeline(
            from: "appsrc name=sound format=time max-bytes=65536 caps=\"\(sound.form)\" ! audioconvert ! audioresample "
                + "! volume volume=\(min(max(volume, 0), 1))", device: speaker, role: role.rawValue, bufferTime: 200)
        pipeline.part(named: "sound").map { source in
            sound.samples.withUnsafeBytes {
                mediakit_supply(source.element, $0.baseAddress, gsize($0.count), repeats ? 1 : 0)
            }
        }
        let number = state.withLock { state in
            state.number += 1
            state.pipeline = pipeline
            return state.number
        }
        pipeline.onMessage { [weak self] _ in
            // A pipeline cannot be stopped by its own thread.
            Task { [weak self] in self?.end(number) }
        }
        guard pipeline.change(to: GST_STATE_PLAYING) else {
            end(number)
            throw .cannotStart("The speaker cannot be opened.")
        }
    }

    private func end(_ number: Int?) {
        let pipeline: Reference? = state.withLock { state in
            guard number == nil || number == state.number else { return nil }
            defer { state.pipeline = nil }
            return state.pipeline
        }
        pipeline?.change(to: GST_STATE_NULL)
    }
}
