import CGst
import CMediaKit
import Foundation

/// One running source of sound or picture. It feeds a named channel from which the peer's own pipeline takes what it
/// sends: without a source that is silence or black, and a device that goes away ends nothing but its source.
final class Capture: Sendable {
    private let pipeline: Reference
    private let report: FailureReport
    /// Of microphones; other sources are as loud as they should be.
    let loudness: Loudness?

    /// Sound of all calls has one form; sources are converted.
    static let sound = "audio/x-raw,format=S16LE,rate=48000,channels=1,layout=interleaved"
    /// Pictures come in any size up to this one, and are made smaller where the way bears less.
    private static let picture =
        "video/x-raw,format=I420,width=[2,1280],height=[2,720],framerate=30/1,pixel-aspect-ratio=1/1"
    private static let numbered = "video/x-raw,format=I420,width=640,height=360,framerate=30/1,pixel-aspect-ratio=1/1"

    private init(
        _ pipeline: Reference, base: GstClockTime, loudness: Loudness? = nil,
        failed: @escaping @Sendable (String) -> Void
    ) throws(MediaError) {
        (self.pipeline, self.loudness) = (pipeline, loudness)
        let report = FailureReport(failed)
        self.report = report
        mediakit_share_clock(pipeline.element, base)
        pipeline.onMessage { if let error = $0 { report.failed(error) } }
        guard pipeline.change(to: GST_STATE_PLAYING) else {
            throw .cannotStart(report.notStarted() ?? "The source does not start.")
        }
        report.started()
    }

    deinit { stop() }

    /// A pipeline of a microphone and what takes its sound.
    /// - Parameters:
    ///   - name: stable name of the device; `nil` is the system's default.
    ///   - filter: what the sound goes through.
    static func microphone(_ name: String?, filter: String = "", then end: String) throws(MediaError) -> Reference {
        try MediaSystem.require("pulsesrc", from: "gstreamer1.0-pulseaudio")
        let pipeline = try Reference.pipeline(
            "pulsesrc name=device client-name=Shallot buffer-time=40000 latency-time=10000 "
                + "! audioconvert ! audioresample ! \(sound) ! \(filter)\(end)")
        if let name { pipeline.part(named: "device")?.set("device", name) }
        return pipeline
    }

    /// - Returns: `nil` when nothing needs to run for this input.
    /// - Parameters:
    ///   - probe: name of what the speaker plays, which is taken out of what the microphone hears.
    ///   - failed: called when the source ends with an error, for example because its device is gone.
    static func sound(
        _ input: AudioInput, channel: String, base: GstClockTime, probe: String?,
        failed: @escaping @Sendable (String) -> Void
    ) throws(MediaError) -> Capture? {
        // Sinks hold back what live sources give for 20 ms, time for work that is not done here.
        let end = "interaudiosink channel=\(channel) processing-deadline=0"
        let pipeline: Reference
        var loudness: Loudness?
        switch input {
        case .silence, .returned: return nil
        case .tone(let frequency):
            pipeline = try Reference.pipeline(
                "audiotestsrc is-live=true volume=0.5 freq=\(frequency) samplesperbuffer=480 ! \(sound) ! \(end)")
        case .file(let url):
            pipeline = try Reference.pipeline(
                "filesrc name=file ! decodebin ! audioconvert ! audioresample ! \(sound) ! \(end)")
            pipeline.part(named: "file")?.set("location", url.path)
        case .microphone(let name):
            try MediaSystem.require("webrtcdsp", from: "gstreamer1.0-plugins-bad")
            let echo =
                probe.map { "echo-cancel=true delay-agnostic=true echo-suppression-level=high probe=\($0)" }
                ?? "echo-cancel=false"
            let filter =
                "identity name=ear ! webrtcdsp \(echo) noise-suppression=true gain-control=true high-pass-filter=true ! "
            pipeline = try microphone(name, filter: filter, then: end)
            let heard = Loudness()
            pipeline.part(named: "ear").map { heard.watch($0) }
            loudness = heard
        }
        return try Capture(pipeline, base: base, loudness: loudness, failed: failed)
    }

    static func picture(
        _ input: VideoInput, channel: String, base: GstClockTime, shown: (@Sendable (VideoFrame) -> Void)?,
        failed: @escaping @Sendable (String) -> Void
    ) throws(MediaError) -> Capture? {
        guard let source = try pictureSource(input) else { return nil }
        let view =
            shown == nil
            ? ""
            : "tee name=t ! queue leaky=downstream max-size-buffers=1 ! videoconvert ! video/x-raw,format=BGRA "
                + "! appsink name=view max-buffers=1 drop=true async=false t. ! queue leaky=downstream max-size-buffers=3 ! "
        let pipeline = try Reference.pipeline("\(source) ! \(view)intervideosink channel=\(channel)")
        switch input {
        case .file(let url): pipeline.part(named: "file")?.set("location", url.path)
        case .camera(let name?), .screen(.x11(let name?)):
            pipeline.part(named: "device")?.set(input.isScreen ? "display-name" : "device", name)
        case .numbered: pipeline.part(named: "numbers").map { mediakit_number_frames($0.element) }
        default: break
        }
        if let shown {
            pipeline.part(named: "view")?.onSample { if let frame = VideoFrame($0) { shown(frame) } }
        }
        return try Capture(pipeline, base: base, failed: failed)
    }

    private static func pictureSource(_ input: VideoInput) throws(MediaError) -> String? {
        let shape = "videoconvert ! videoscale ! videorate ! \(picture)"
        switch input {
        case .none, .returned: return nil
        case .numbered: return "videotestsrc is-live=true pattern=smpte ! \(numbered) ! identity name=numbers"
        case .file: return "filesrc name=file ! decodebin ! \(shape)"
        case .camera:
            try MediaSystem.require("v4l2src", from: "gstreamer1.0-plugins-good")
            return "v4l2src name=device ! decodebin ! \(shape)"
        case .screen(.x11):
            try MediaSystem.require("ximagesrc", from: "gstreamer1.0-plugins-good")
            return "ximagesrc name=device use-damage=false ! video/x-raw,framerate=15/1 ! \(shape)"
        case .screen(.pipeWire(let descriptor, let node)):
            try MediaSystem.require("pipewiresrc", from: "gstreamer1.0-pipewire")
            // A screen on which nothing moves sends nothing; the last picture is repeated then.
            return "pipewiresrc fd=\(descriptor) path=\(node) do-timestamp=true keepalive-time=500 ! \(shape)"
        }
    }

    func stop() {
        report.close()
        pipeline.change(to: GST_STATE_NULL)
    }
}

extension VideoInput {
    var isScreen: Bool { if case .screen = self { true } else { false } }

    /// Pictures that are worth more than 640 × 360.
    var isLarge: Bool {
        switch self {
        case .camera, .screen, .file: true
        case .none, .numbered, .returned: false
        }
    }
}
