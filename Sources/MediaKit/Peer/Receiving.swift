import CGst
import CMediaKit
import Foundation
import Synchronization

/// Builds what plays, shows and keeps the streams of the other side, as they appear.
final class Receiving: Sendable {
    private struct State {
        var recorders: [Reference] = []
        var hasSound = false
        var picture: PictureCodec?
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
        guard gst_pad_get_direction(pad) == GST_PAD_SRC,
            let parent = gst_object_get_parent(peer.assumingMemoryBound(to: GstObject.self))
        else { return }
        let pipeline = Reference(adopting: parent)
        let form = Form(pad)
        // One of each: the peer's description promised no more.
        let text: String? = state.withLock { state in
            switch form {
            case .sound where !state.hasSound:
                state.hasSound = true
                return soundText
            case .picture(let codec) where state.picture == nil:
                state.picture = codec
                return pictureText(codec)
            default: return nil
            }
        }
        guard let part = try? Reference.part(text ?? "fakesink sync=false async=false") else { return }
        if text != nil, form == .sound { takeSoundBuffer(of: pad) }
        connect(part)
        gst_bin_add(pipeline.bin, part.element)
        gst_element_sync_state_with_parent(part.element)
        _ = part.link("sink", to: pad)
    }

    /// What a pad gives; what is neither is not looked at.
    private enum Form: Equatable {
        case sound
        case picture(PictureCodec)

        init?(_ pad: UnsafeMutablePointer<GstPad>) {
            guard let caps = gst_pad_get_current_caps(pad) ?? gst_pad_query_caps(pad, nil) else { return nil }
            defer { gst_caps_unref(caps) }
            guard let structure = gst_caps_get_structure(caps, 0) else { return nil }
            func text(_ field: String) -> String? {
                gst_structure_get_string(structure, field).map { String(cString: $0) }
            }
            switch (text("media"), text("encoding-name")) {
            case ("audio", "OPUS"): self = .sound
            case ("video", let name?):
                guard let codec = PictureCodec(rawValue: name), PictureCodec.ours.contains(codec) else { return nil }
                self = .picture(codec)
            default: return nil
            }
        }
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

    /// The largest picture that is looked at, either way up: a larger one of a few bytes would take a gigabyte.
    static let (longerSide, shorterSide) = (4_096, 2_304)

    func pictureText(_ codec: PictureCodec) -> String {
        var ends: [String] = []
        if options.picture.recording != nil {
            ends.append("queue ! \(codec.keeper) ! filesink name=kept async=false")
        }
        if options.picture.shown != nil {
            ends.append(
                "queue ! \(codec.decoder) name=shown-decoder ! videoconvert ! video/x-raw,format=BGRA "
                    + "! appsink name=shown max-buffers=1 drop=true sync=false async=false")
        }
        if let delay = options.camera.returnDelay {
            ends.append(
                "queue ! \(codec.decoder) name=returned-decoder ! videoconvert ! videorate "
                    + "! video/x-raw,framerate=30/1 ! \(Self.waiting(delay)) "
                    + "! intervideosink async=false sync=false channel=\(channels.picture)")
        }
        if ends.isEmpty { ends.append("fakesink sync=false async=false") }
        return "queue ! \(codec.collector) ! tee name=t allow-not-linked=true " + ends.map { "t. ! \($0) " }.joined()
    }

    /// The size stands in what arrives, and what a decoder makes of that is looked at once more.
    private static func bound(_ part: Reference) {
        for name in ["arrived", "shown-decoder", "returned-decoder"] {
            guard let element = part.part(named: name) else { continue }
            mediakit_bound_pictures(element.element, Int32(longerSide), Int32(shorterSide))
        }
    }

    /// The codec of the pictures that arrive; `nil` before the first.
    var pictureCodec: PictureCodec? { state.withLock { $0.picture } }

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

    func connect(_ part: Reference) {
        Self.bound(part)
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
