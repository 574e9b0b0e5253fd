import BaseKit
import CGst
import CMediaKit
import Logging

/// One connection between two people: what is captured, encoded, sent, received and shown. It gives everything back
/// when it is stopped; devices are open from `init` until then.
///
/// Descriptions are webrtcbin's own texts; whoever sends them on rewrites them first.
/// - Source: W3C WebRTC 1.0; RFC 8829
public actor PeerSession {
    /// What happens; ends with ``stop()``. For one reader.
    public nonisolated let events: AsyncStream<PeerEvent>

    let pipeline: Reference
    let peer: Reference
    let agent: Reference
    let gate = Gate()
    let certificate = CertificateCheck()
    let link: LinkWatch
    let channels = MediaChannels()
    let base = mediakit_now()
    let log = Log.logger("media")
    var sending: Sending?
    var hasStopped = false
    let options: PeerOptions
    let receiving: Receiving
    let failed: Failed
    let report: AsyncStream<PeerEvent>.Continuation
    var opened: Opened
    private var channel: Reference?
    private var monitor: Task<Void, Never>?
    /// Where the call goes since this machine's addresses changed.
    var way: Way?
    var addresses = OwnAddresses.current()
    var isMuted = false
    var pictureSize = PictureSize.middle
    var pictureRate = Sending.firstPictureRate
    /// Numbers of our streams.
    let (soundSource, pictureSource): (UInt32, UInt32)
    let reports: ReceiverReports
    /// Our first offer; those that follow say the same.
    var firstOffer: String?
    /// Bytes of a text over the data channel; longer ones are not passed on.
    /// - Source: calls.md §9
    static let longestText = 1_024
    /// Of what we send, 0…1, as reported last; `nil` before that.
    var lost: Double?
    /// The same, slow to forget.
    var soundLoss = 0.0

    /// Starts what is needed to describe the connection, and opens the devices.
    public init(_ options: PeerOptions) throws(MediaError) {
        try MediaSystem.start()
        let (events, report) = AsyncStream<PeerEvent>.makeStream(bufferingPolicy: .bufferingNewest(1_000))
        let receiving = try Receiving(options, channels: channels)
        let link = LinkWatch(report: report, gate: gate)
        (soundSource, pictureSource) = (UInt32.random(in: 1 ... .max), UInt32.random(in: 1 ... .max))
        let reports = ReceiverReports(of: [soundSource, pictureSource])
        guard let made = gst_pipeline_new(nil) else { throw .cannotStart("GStreamer makes no pipeline.") }
        let pipeline = Reference(retaining: made)
        let peer = try Self.makePeer(options)
        guard let agent = mediakit_agent(peer.element) else {
            throw .missing(element: "nicesrc", package: "gstreamer1.0-nice")
        }
        mediakit_share_clock(pipeline.element, base)
        gst_bin_add(pipeline.bin, peer.element)
        Self.watch(pipeline, report: report, gate: gate, certificate: certificate, link: link, reports: reports)
        Self.watch(peer: peer, report: report, link: link, receiving: receiving)
        // In a pipeline that does not run there are no channels.
        guard pipeline.change(to: GST_STATE_PLAYING) else { throw .cannotStart("The connection does not start.") }
        guard let channel = mediakit_create_channel(peer.element, "control", Int32(options.channelID)) else {
            pipeline.change(to: GST_STATE_NULL)
            throw .cannotStart("There is no data channel.")
        }
        let channelReference = Reference(adopting: channel)
        channelReference.on("on-open") { _ in report.yield(.channelOpen) }
        channelReference.on("on-message-string") { values in
            guard let text = values.text(1), text.utf8.count <= Self.longestText else { return }
            report.yield(.text(text))
        }
        let failed: Failed = { report.yield(.sourceFailed($0, $1)) }
        opened = Self.open(options, channels: channels, base: base, failed: failed)
        receiving.play(on: opened.playback)
        (self.options, self.events, self.report, self.receiving, self.link) = (options, events, report, receiving, link)
        self.reports = reports
        (self.pipeline, self.peer, self.channel, self.failed) = (pipeline, peer, channelReference, failed)
        self.agent = Reference(adopting: UnsafeMutableRawPointer(agent))
    }

    private static func makePeer(_ options: PeerOptions) throws(MediaError) -> Reference {
        let peer = try Reference.element("webrtcbin")
        peer.set("bundle-policy", "max-bundle")
        peer.set("latency", "200")
        if options.isRelayOnly { peer.set("ice-transport-policy", "relay") }
        for relay in options.relays {
            guard let (url, isSTUN) = relay.engineURL else { continue }
            if isSTUN { peer.set("stun-server", url) } else { _ = mediakit_add_relay(peer.element, url) }
        }
        return peer
    }

    deinit {
        monitor?.cancel()
        pipeline.change(to: GST_STATE_NULL)
    }

    // Handlers hold nothing that holds the pipeline, or neither would ever go away.

    private static func watch(
        _ pipeline: Reference, report: AsyncStream<PeerEvent>.Continuation, gate: Gate, certificate: CertificateCheck,
        link: LinkWatch, reports: ReceiverReports
    ) {
        pipeline.onMessage { if let error = $0 { report.yield(.failed(.cannotStart(error))) } }
        pipeline.on("deep-element-added") { values in
            if let raw = values.object(2) { prepare(raw, gate, certificate, link, reports) }
        }
    }

    private static func watch(
        peer: Reference, report: AsyncStream<PeerEvent>.Continuation, link: LinkWatch, receiving: Receiving
    ) {
        peer.on("on-ice-candidate") { values in
            if let text = values.text(2) { report.yield(.candidate(text, mediaIndex: values.number(1))) }
        }
        peer.on("pad-added") { values in
            guard let peer = values.object(0), let pad = values.object(1) else { return }
            receiving.take(pad.assumingMemoryBound(to: GstPad.self), of: peer)
        }
        peer.on("notify::connection-state") { values in
            guard let peer = values.object(0) else { return }
            let connected = Int32(GST_WEBRTC_PEER_CONNECTION_STATE_CONNECTED.rawValue)
            link.changed(mediakit_number(peer, "connection-state") == connected)
        }
        peer.on("notify::ice-gathering-state") { values in
            guard let peer = values.object(0) else { return }
            let complete = Int32(GST_WEBRTC_ICE_GATHERING_STATE_COMPLETE.rawValue)
            if mediakit_number(peer, "ice-gathering-state") == complete { report.yield(.gathered) }
        }
    }

    /// Looks at the parts that webrtcbin makes for itself.
    private static func prepare(
        _ raw: UnsafeMutableRawPointer, _ gate: Gate, _ certificate: CertificateCheck, _ link: LinkWatch,
        _ reports: ReceiverReports
    ) {
        guard let kind = mediakit_kind(raw) else { return }
        switch String(cString: kind) {
        case "nicesrc": gate.watch(raw, isIncoming: true)
        case "nicesink": gate.watch(raw, isIncoming: false)
        case "rtpsession":
            let session = raw.assumingMemoryBound(to: GstElement.self)
            mediakit_tune_session(session)
            reports.listen(to: session)
        case "dtlsdec":
            // The handshake stands still while this runs, so nothing comes before the verdict.
            Reference.connect(raw, "notify::peer-pem") { values in
                guard let decoder = values.object(0), let pem = Replies.string(mediakit_text(decoder, "peer-pem"))
                else { return }
                link.certificateSeen(isRight: certificate.accepts(pem: pem))
            }
        default: break
        }
    }

    // MARK: The channel and the end

    /// Sends a text over the data channel; before it is open, and after it was closed, nothing happens.
    public func send(_ text: String) {
        guard !hasStopped, let channel,
            mediakit_number(channel.raw, "ready-state") == Int32(GST_WEBRTC_DATA_CHANNEL_STATE_OPEN.rawValue)
        else { return }
        mediakit_send_text(channel.raw.assumingMemoryBound(to: GObject.self), text)
    }

    /// Loses a share of all packets, 0…1, to see what a weak connection does.
    public func lose(_ share: Double) { gate.lose(share) }

    /// Begins to send what the branches hold; called once it is known what the other side takes.
    func send(sound: AnsweredLine?, picture: AnsweredLine?) throws(MediaError) {
        adaptPictureSize()
        let made = try Sending(
            sound: sound.map { Sending.Line(form: form(of: $0), mediaIndex: $0.mediaIndex) },
            picture: picture.map { Sending.Line(form: form(of: $0), mediaIndex: $0.mediaIndex) },
            rate: pictureRate, size: pictureSize, in: pipeline, to: peer, channels: channels)
        sending = made
        made.setMuted(isMuted)
        link.whenUp { made.open() }
        guard monitor == nil else { return }
        monitor = Task { [weak self] in
            while !Task.isCancelled {
                do { try await Task.sleep(for: .seconds(1)) } catch { return }
                await self?.look()
            }
        }
    }

    /// Ends everything and gives devices, sockets and threads back.
    public func stop() async {
        guard !hasStopped else { return }
        hasStopped = true
        monitor?.cancel()
        opened.microphone?.stop()
        opened.camera?.stop()
        receiving.play(on: nil)
        opened.playback?.stop()
        await receiving.finish()
        if !options.relays.isEmpty { await giveBackRelays() }
        pipeline.change(to: GST_STATE_NULL)
        (channel, sending, way) = (nil, nil, nil)
        (opened.microphone, opened.camera, opened.playback) = (nil, nil, nil)
        mediakit_trim()
        report.finish()
    }

    /// Relays that have not answered after this are left to notice by themselves.
    private static let farewell = Duration.milliseconds(500)

    private func giveBackRelays() async {
        typealias Done = @Sendable () -> Void
        let (heard, tell) = AsyncStream<Never>.makeStream()
        let done: Done = { tell.finish() }
        mediakit_close_agent(OpaquePointer(agent.raw), { Box<Done>.take($0)?() }, Box<Done>.retained(done))
        let limit = Task {
            try? await Task.sleep(for: Self.farewell)  // cancelled: nobody waits any more
            tell.finish()
        }
        for await _ in heard {}
        limit.cancel()
    }
}
