import CGst
import CMediaKit
import Foundation

/// One running source of sound or picture. It feeds a named channel from which the peer's own pipeline takes what it
/// sends: without a source that is silence or black, and a device that goes away ends nothing but its source.
final class Capture: Sendable {
    private let pipeline: Reference

    /// Sound and pictures of all calls have one form; sources are converted.
    static let sound = "audio/x-raw,format=S16LE,rate=48000,channels=1,layout=interleaved"
    static let picture = "video/x-raw,format=I420,width=640,height=360,framerate=30/1,pixel-aspect-ratio=1/1"

    private init(_ text: String, files: [(element: String, url: URL)], base: GstClockTime) throws(MediaError) {
        pipeline = try Reference.pipeline(text)
        for (name, url) in files { pipeline.part(named: name)?.set("location", url.path) }
        if let numbers = pipeline.part(named: "numbers") { mediakit_number_frames(numbers.element) }
        mediakit_share_clock(pipeline.element, base)
    }

    deinit { stop() }

    /// - Returns: `nil` when nothing needs to run for this input.
    /// - Parameter failed: called when the source ends with an error, for example because its device is gone.
    static func sound(
        _ input: AudioInput, channel: String, base: GstClockTime, failed: @escaping @Sendable (String) -> Void
    ) throws(MediaError) -> Capture? {
        let shape = "audioconvert ! audioresample ! \(sound)"
        let end = "interaudiosink channel=\(channel)"
        let capture: Capture
        switch input {
        case .silence, .returned: return nil
        case .tone(let frequency):
            capture = try Capture(
                "audiotestsrc is-live=true volume=0.5 freq=\(frequency) ! \(shape) ! \(end)", files: [], base: base)
        case .file(let url):
            capture = try Capture(
                "filesrc name=file ! decodebin ! \(shape) ! \(end)", files: [("file", url)], base: base)
        case .microphone(let name):
            try MediaSystem.require("pulsesrc", from: "gstreamer1.0-pulseaudio")
            capture = try Capture(
                "pulsesrc name=device buffer-time=40000 latency-time=10000 ! \(shape) ! \(end)", files: [], base: base)
            if let name { capture.pipeline.part(named: "device")?.set("device", name) }
        }
        try capture.start(failed)
        return capture
    }

    static func picture(
        _ input: VideoInput, channel: String, base: GstClockTime, shown: (@Sendable (VideoFrame) -> Void)?,
        failed: @escaping @Sendable (String) -> Void
    ) throws(MediaError) -> Capture? {
        let shape = "videoconvert ! videoscale ! videorate ! \(picture)"
        let view =
            shown == nil
            ? ""
            : "tee name=t ! queue leaky=downstream max-size-buffers=1 ! videoconvert ! video/x-raw,format=BGRA "
                + "! appsink name=view max-buffers=1 drop=true async=false t. ! queue ! "
        let end = "\(view)intervideosink channel=\(channel)"
        let capture: Capture
        switch input {
        case .none, .returned: return nil
        case .numbered:
            capture = try Capture(
                "videotestsrc is-live=true pattern=smpte ! \(picture) ! identity name=numbers ! \(end)", files: [],
                base: base)
        case .file(let url):
            capture = try Capture(
                "filesrc name=file ! decodebin ! \(shape) ! \(end)", files: [("file", url)], base: base)
        case .camera(let name):
            try MediaSystem.require("v4l2src", from: "gstreamer1.0-plugins-good")
            capture = try Capture("v4l2src name=device ! decodebin ! \(shape) ! \(end)", files: [], base: base)
            if let name { capture.pipeline.part(named: "device")?.set("device", name) }
        }
        if let shown {
            capture.pipeline.part(named: "view")?.onSample { if let frame = VideoFrame($0) { shown(frame) } }
        }
        try capture.start(failed)
        return capture
    }

    private func start(_ failed: @escaping @Sendable (String) -> Void) throws(MediaError) {
        pipeline.onMessage { if let error = $0 { failed(error) } }
        guard pipeline.change(to: GST_STATE_PLAYING) else { throw .cannotStart("The source does not start.") }
    }

    func stop() { pipeline.change(to: GST_STATE_NULL) }
}
