import CGst
import CMediaKit
import Foundation
import Synchronization

/// Builds what plays, shows and keeps the streams of the other side, as they appear.
final class Receiving: Sendable {
    private struct State {
        var recorders: [Reference] = []
        var hasSound = false
        var hasPicture = false
        var playback: Playback?
        /// Where sound waits for late packets.
        var soundBuffer: Reference?
        var jitter = JitterAdapter()
    }

    private let options: PeerOptions
    private let channels: MediaChannels
    private let waveFile: WaveFile?
    private let state = Mutex(State())

    init(_ options: PeerOptions, channels: MediaChannels) throws(MediaError) {
        (self.options, self.channels) = (options, channels)
        if let url = options.sound.recording { waveFile = try WaveFile(url) } else { waveFile = nil }
    }

    /// Takes a new pad of webrtcbin. Runs on a streaming thread, before the first packet comes through.
    func take(_ pad: UnsafeMutablePointer<GstPad>, of peer: UnsafeMutableRawPointer) {
        guard gst_pad_get_direction(pad) == GST_PAD_SRC, let media = Self.media(of: pad),
            let parent = gst_object_get_parent(peer.assumingMemoryBound(to: GstObject.self))
        else { return }
        let pipeline = Reference(adopting: parent)
        // One of each: the peer's description promised no more.
        let text: String? = state.withLock { state in
            switch media {
            case "audio" where !state.hasSound:
                state.hasSound = true
                return soundText
            case "video" where !state.hasPicture:
                state.hasPicture = true
                return pictureText
            default: return nil
            }
        }
        guard let part = try? Reference.part(text ?? "fakesink sync=false async=false") else { return }
        if text != nil, media == "audio" { takeSoundBuffer(of: pad) }
        connect(part)
        gst_bin_add(pipeline.bin, part.element)
        gst_element_sync_state_with_parent(part.element)
        _ = part.link("sink", to: pad)
    }

    private static func media(of pad: UnsafeMutablePointer<GstPad>) -> String? {
        guard let caps = gst_pad_get_current_caps(pad) ?? gst_pad_query_caps(pad, nil) else { return nil }
        defer { gst_caps_unref(caps) }
        return gst_caps_get_structure(caps, 0).flatMap { gst_structure_get_string($0, "media") }
            .map { String(cString: $0) }
    }

    private var soundText: String {
        var ends: [String] = []
        // The speaker is a pipeline of its own, and may be another one at any time.
        ends.append("queue ! appsink name=heard sync=false async=false max-buffers=50 drop=true")
        if waveFile != nil { ends.append("queue ! appsink name=recorded sync=false async=false") }
        if let delay = options.microphone.returnDelay {
            ends.append("\(Self.waiting(delay)) ! interaudiosink async=false sync=false channel=\(channels.sound)")
        }
        return "queue ! rtpopusdepay ! opusdec use-inband-fec=true plc=true ! audioconvert ! audioresample "
            + "! \(Capture.sound) ! tee name=t allow-not-linked=true " + ends.map { "t. ! \($0) " }.joined()
    }

    private var pictureText: String {
        var ends: [String] = []
        if options.picture.recording != nil {
            ends.append("queue ! matroskamux ! filesink name=kept async=false")
        }
        if options.picture.shown != nil {
            ends.append(
                "queue ! vp8dec ! videoconvert ! video/x-raw,format=BGRA "
                    + "! appsink name=shown max-buffers=1 drop=true sync=false async=false")
        }
        if let delay = options.camera.returnDelay {
            ends.append(
                "queue ! vp8dec ! videoconvert ! videorate ! video/x-raw,framerate=30/1 ! \(Self.waiting(delay)) "
                    + "! intervideosink async=false sync=false channel=\(channels.picture)")
        }
        if ends.isEmpty { ends.append("fakesink sync=false async=false") }
        return "queue ! rtpvp8depay request-keyframe=true wait-for-keyframe=true ! tee name=t allow-not-linked=true "
            + ends.map { "t. ! \($0) " }.joined()
    }

    // MARK: The speaker

    /// The speaker that plays from now on; the one before is not stopped.
    func play(on playback: Playback?) {
        state.withLock { state in
            state.playback = playback
            playback?.setLatency(state.jitter.latency + Self.margin)
        }
    }

    /// Milliseconds that the speaker waits longer than the jitter buffer, in which what was lost is made up for.
    static let margin = 10

    /// Sets how long the jitter buffer of the sound waits, from now on for every packet.
    private func takeSoundBuffer(of pad: UnsafeMutablePointer<GstPad>) {
        guard let raw = mediakit_jitter_buffer(pad) else { return }
        let buffer = Reference(adopting: UnsafeMutableRawPointer(raw))
        state.withLock { state in
            state.soundBuffer = buffer
            mediakit_set_latency(raw, "latency", guint64(state.jitter.latency))
        }
        // The buffer keeps this for as long as it lives.
        buffer.onArrival { [weak self] arrival, timestamp in self?.arrived(at: arrival, timestamp: timestamp) }
    }

    private func arrived(at arrival: Int64, timestamp: UInt32) {
        state.withLock { state in
            guard let buffer = state.soundBuffer, state.jitter.arrived(at: arrival, timestamp: timestamp) else {
                return
            }
            mediakit_set_latency(buffer.element, "latency", guint64(state.jitter.latency))
            state.playback?.setLatency(state.jitter.latency + Self.margin)
        }
    }

    /// Milliseconds that sound waits, and how much the distances between its packets differ.
    var soundTimes: (wait: Int, jitter: Double) { state.withLock { ($0.jitter.latency, $0.jitter.jitter) } }

    /// A queue that holds everything back for so many seconds.
    private static func waiting(_ delay: Double) -> String {
        let nanoseconds = UInt64(min(max(delay, 0), 10) * 1e9)
        return "queue max-size-buffers=0 max-size-bytes=0 max-size-time=\(nanoseconds + 2_000_000_000) "
            + "min-threshold-time=\(nanoseconds) leaky=downstream"
    }

    private func connect(_ part: Reference) {
        part.part(named: "heard")?.onSample { [weak self] piece in
            self?.state.withLock { $0.playback }?.play(piece)
        }
        if let waveFile {
            part.part(named: "recorded")?.onSample { if let bytes = $0.bytes() { waveFile.append(bytes) } }
        }
        if let shown = options.picture.shown {
            part.part(named: "shown")?.onSample { if let frame = VideoFrame($0) { shown(frame) } }
        }
        if let url = options.picture.recording, let file = part.part(named: "kept") {
            file.set("location", url.path)
            state.withLock { $0.recorders.append(part) }
        }
    }

    /// Ends the recordings, so that their files are whole.
    func finish() async {
        waveFile?.close()
        let recorders = state.withLock { state in
            state.soundBuffer = nil
            defer { state.recorders = [] }
            return state.recorders
        }
        for recorder in recorders {
            guard let file = recorder.part(named: "kept"),
                let pad = gst_element_get_static_pad(recorder.element, "sink")
            else { continue }
            gst_pad_send_event(pad, gst_event_new_eos())
            gst_object_unref(pad)
            // The end takes its way through the queues; a file without it can still be played.
            for _ in 0..<40 where mediakit_has_ended(file.element) == 0 {
                try? await Task.sleep(for: .milliseconds(25))
            }
        }
    }
}

/// Names of the channels between the sources of one call and its peer; they are known to the whole process.
struct MediaChannels: Sendable {
    let sound: String
    let picture: String

    init() {
        let mark = String(UInt64.random(in: .min ... .max), radix: 36)
        (sound, picture) = ("sound-\(mark)", "picture-\(mark)")
    }
}
