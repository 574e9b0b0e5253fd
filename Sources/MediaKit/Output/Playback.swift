import CGst
import CMediaKit
import Synchronization

/// The speaker of one call, in a pipeline of its own: when it goes away nothing else ends. What it plays is known to the
/// echo canceller of the microphone under the name ``probe``.
final class Playback: Sendable {
    /// Milliseconds that lie in the device.
    private static let bufferTime = 40

    let probe: String
    private let pipeline: Reference
    private let entry: Reference
    private let report: FailureReport
    private let hasBegun = Mutex(false)

    /// Opens the speaker. It stays silent until something is played.
    /// - Parameter failed: called when it ends with an error, for example because the device is gone.
    init(
        _ device: String?, base: GstClockTime, latency: Int, failed: @escaping @Sendable (String) -> Void
    ) throws(MediaError) {
        probe = "probe-\(String(UInt64.random(in: .min ... .max), radix: 36))"
        pipeline = try Speaker.pipeline(
            from: "appsrc name=heard is-live=true format=time max-bytes=0 max-time=500000000 leaky-type=downstream "
                + "caps=\"\(Capture.sound)\" ! webrtcechoprobe name=\(probe) ! audioconvert ! audioresample",
            device: device, role: "phone", bufferTime: Self.bufferTime)
        guard let entry = pipeline.part(named: "heard") else { throw .cannotStart("The speaker has no entry.") }
        let report = FailureReport(failed)
        (self.entry, self.report) = (entry, report)
        setLatency(latency)
        mediakit_share_clock(pipeline.element, base)
        pipeline.onMessage { if let error = $0 { report.failed(error) } }
        // It runs from the first piece on. A device's time begins with what it is given first; one that was waiting for that
        // has another idea of the present, and plays late by about as much.
        guard pipeline.change(to: GST_STATE_READY) else {
            throw .cannotStart(report.notStarted() ?? "The speaker cannot be opened.")
        }
        report.started()
    }

    deinit { stop() }

    /// Plays a piece at its time. Never waits; what comes too fast is dropped.
    func play(_ piece: MediaSampleBuffer) {
        let runs = hasBegun.withLock { hasBegun in
            defer { hasBegun = true }
            return hasBegun || pipeline.change(to: GST_STATE_PLAYING)
        }
        if !runs { report.failed("The speaker cannot be opened.") }
        gst_app_src_push_sample(entry.raw.assumingMemoryBound(to: GstAppSrc.self), piece.sample)
    }

    /// - Parameter latency: milliseconds that a piece may come late.
    func setLatency(_ latency: Int) {
        mediakit_set_latency(entry.element, "min-latency", guint64(latency) * 1_000_000)
        gst_bin_recalculate_latency(pipeline.bin)
    }

    func stop() {
        report.close()
        // A piece that is still on its way begins nothing any more.
        hasBegun.withLock { $0 = true }
        pipeline.change(to: GST_STATE_NULL)
    }
}
