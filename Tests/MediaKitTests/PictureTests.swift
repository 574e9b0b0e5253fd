import CGst
import Foundation
import ShallotTestSupport
import Synchronization
import Testing

@testable import MediaKit

@Suite("Pictures", .serialized) struct PictureTests {
    private let folder = TemporaryFolder.fresh("media")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    /// Shows what comes of a stream whose pictures have these sizes, one after another.
    private func shown(_ sizes: [(width: Int, height: Int)], _ codec: PictureCodec) async throws -> [String] {
        let seen = Mutex<[String]>([])
        let options = PeerOptions(
            channelID: 548,
            picture: VideoOutput(shown: { frame in
                seen.withLock {
                    if $0.last != "\(frame.width)×\(frame.height)" { $0.append("\(frame.width)×\(frame.height)") }
                }
            }))
        let receiving = try Receiving(options, channels: MediaChannels())
        let coder = codec.coder(PacketForm(codec: codec, payload: 96, source: 7, counter: nil), rate: 5_000_000)
        let sources = sizes.map { width, height in
            "videotestsrc num-buffers=8 ! video/x-raw,format=I420,width=\(width),height=\(height),framerate=10/1 ! all."
        }
        let pipeline = try Reference.pipeline(
            "concat name=all ! \(coder) ! identity name=end \(sources.joined(separator: " "))")
        let part = try Reference.part(receiving.pictureText(codec))
        receiving.connect(part)
        gst_bin_add(pipeline.bin, part.element)
        let end = try #require(pipeline.part(named: "end"))
        let pad = try #require(gst_element_get_static_pad(part.element, "sink"))
        #expect(end.link("src", to: pad))
        gst_object_unref(pad)
        let isOver = Mutex(false)
        pipeline.onMessage { error in
            if let error { seen.withLock { $0.append(error) } }
            isOver.withLock { $0 = true }
        }
        pipeline.change(to: GST_STATE_PLAYING)
        try await eventually("the end of the stream") { isOver.withLock(\.self) }
        pipeline.change(to: GST_STATE_NULL)
        return seen.withLock(\.self)
    }

    @Test(.timeLimit(.minutes(1)), arguments: PictureCodec.ours)
    func `one that is too large is not looked at, and those that follow are`(codec: PictureCodec) async throws {
        // Narrow, so that making it costs little.
        let found = try await shown([(320, 180), (4_112, 32), (640, 360)], codec)
        #expect(found == ["320×180", "640×360"])
    }

    @Test(.timeLimit(.minutes(1))) func `a tall one may be as large as a wide one`() async throws {
        #expect(try await shown([(32, 4_096)], .vp8) == ["32×4096"])
        #expect(try await shown([(2_320, 2_320)], .vp8).isEmpty)
    }

    @Test(.timeLimit(.minutes(2))) func `a long text is not passed on`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let pair = try Pair(PeerOptions(channelID: 548), PeerOptions(channelID: 548))
        try await pair.connect()
        try await eventually("the channel") { await pair.callerEvents.has(.channelOpen) }
        let (longest, tooLong) = (String(repeating: "x", count: 1_024), String(repeating: "y", count: 1_025))
        try await eventually("the other side's channel") { await pair.calleeEvents.has(.channelOpen) }
        for text in [tooLong, longest, "end"] { await pair.caller.send(text) }
        try await eventually("the last text") { await pair.calleeEvents.has(.text("end")) }
        #expect(await pair.calleeEvents.has(.text(longest)))
        #expect(await !pair.calleeEvents.has(.text(tooLong)))
        await pair.stop()
    }

    @Test(.timeLimit(.minutes(3))) func `H264 is spoken where both have it, in every size`() async throws {
        guard PictureCodec.ours.contains(.h264) else { return }
        defer { try? FileManager.default.removeItem(at: folder) }
        let seen = Mutex<[Int: Int]>([:])
        func options(_ name: String, _ codecs: [PictureCodec]?, _ shown: (@Sendable (VideoFrame) -> Void)?)
            -> PeerOptions
        {
            PeerOptions(
                channelID: 548, camera: .numbered,
                picture: VideoOutput(recording: folder.appending(path: "\(name).mkv"), shown: shown),
                pictureCodecs: codecs)
        }
        let pair = try Pair(
            options("caller", [.h264, .vp8], nil),
            options("callee", nil) { frame in seen.withLock { $0[frame.width, default: 0] += 1 } })
        try await pair.connect()
        for (peer, events) in [(pair.caller, pair.callerEvents), (pair.callee, pair.calleeEvents)] {
            try await eventually("the connection") { await events.has(.up) }
            try await eventually("pictures") { await peer.statistics().pictureCodec == .h264 }
        }
        func see(_ count: Int, of width: Int) async throws {
            try await eventually("\(count) pictures of \(width)") { seen.withLock { $0[width, default: 0] >= count } }
        }
        // Another rate and size while it runs, and back.
        try await see(30, of: 640)
        await pair.caller.change(rate: 150_000, size: .small)
        try await see(30, of: 320)
        await pair.caller.change(rate: 500_000, size: .middle)
        try await see(60, of: 640)
        await pair.stop()
        for name in ["caller", "callee"] {
            let numbers = try await Recordings.numbers(
                in: folder.appending(path: "\(name).mkv"), decoder: "openh264dec")
            #expect(numbers.count > 30)
            #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 <= $1 })
        }
    }
}

extension PeerSession {
    fileprivate func change(rate: Int, size: PictureSize) {
        sending?.setPictureRate(rate)
        sending?.setPictureSize(size)
    }
}
