import CGst
import CMediaKit

/// Where sound and picture come from and go to; all of it may change at any time.
extension PeerSession {
    /// What is open of this machine.
    struct Opened {
        var microphone: Capture?
        var camera: Capture?
        var playback: Playback?
        /// What they were opened for.
        var sound: AudioInput
        var picture: VideoInput
    }

    typealias Failed = @Sendable (MediaDevice.Kind, String) -> Void

    /// Opens what a call begins with. A device that is not there must not stop a call.
    static func open(_ options: PeerOptions, channels: MediaChannels, base: GstClockTime, failed: @escaping Failed)
        -> Opened
    {
        func tolerating<Made>(_ kind: MediaDevice.Kind, _ open: () throws(MediaError) -> Made?) -> Made? {
            do { return try open() } catch {
                failed(kind, error.reason)
                return nil
            }
        }
        var opened = Opened(sound: options.microphone, picture: options.camera)
        opened.playback = tolerating(.speaker) { () throws(MediaError) in
            try playback(options.sound.device, base: base, failed: failed)
        }
        opened.microphone = tolerating(.microphone) { () throws(MediaError) in
            try Capture.sound(
                options.microphone, channel: channels.sound, base: base, probe: opened.playback?.probe
            ) { failed(.microphone, $0) }
        }
        opened.camera = tolerating(.camera) { () throws(MediaError) in
            try Capture.picture(options.camera, channel: channels.picture, base: base, shown: options.ownPicture) {
                failed(.camera, $0)
            }
        }
        return opened
    }

    private static func playback(
        _ device: AudioOutput.Device, base: GstClockTime, failed: @escaping Failed
    ) throws(MediaError) -> Playback? {
        guard case .speaker(let name) = device else { return nil }
        return try Playback(name, base: base, latency: JitterAdapter.first + Receiving.margin) { failed(.speaker, $0) }
    }

    /// Silence keeps flowing while muted, in packets of the same size.
    public func setMuted(_ isMuted: Bool) {
        self.isMuted = isMuted
        sending?.setMuted(isMuted)
    }

    /// Takes sound from another source. When that cannot be had, silence is sent.
    public func setMicrophone(_ input: AudioInput) throws(MediaError) {
        opened.microphone?.stop()
        (opened.microphone, opened.sound) = (nil, input)
        guard !hasStopped else { return }
        opened.microphone = try Capture.sound(
            input, channel: channels.sound, base: base, probe: opened.playback?.probe
        ) { [failed] in failed(.microphone, $0) }
    }

    /// Takes pictures from another source. When that cannot be had, black is sent.
    public func setCamera(_ input: VideoInput) throws(MediaError) {
        opened.camera?.stop()
        (opened.camera, opened.picture) = (nil, input)
        guard !hasStopped else { return }
        opened.camera = try Capture.picture(
            input, channel: channels.picture, base: base, shown: options.ownPicture
        ) { [failed] in failed(.camera, $0) }
        adaptPictureSize()
        sending?.sendWholePicture()
    }

    /// Plays on another speaker. When that cannot be had, nothing is heard.
    public func setSpeaker(_ device: AudioOutput.Device) throws(MediaError) {
        receiving.play(on: nil)
        opened.playback?.stop()
        opened.playback = nil
        guard !hasStopped else { return }
        opened.playback = try Self.playback(device, base: base, failed: failed)
        receiving.play(on: opened.playback)
        // The microphone takes out what the speaker plays, and has to know the new one.
        if case .microphone = opened.sound { try setMicrophone(opened.sound) }
    }

    func adaptPictureSize() {
        let size = pictureSize.next(
            rate: pictureRate, isLarge: opened.picture.isLarge, isScreen: opened.picture.isScreen)
        guard size != pictureSize else { return }
        pictureSize = size
        sending?.setPictureSize(size)
    }
}
