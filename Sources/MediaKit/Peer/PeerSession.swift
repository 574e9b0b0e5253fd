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
    private let options: PeerOptions
    private let report: AsyncStream<PeerEvent>.Continuation
    private let receiving: Receiving
    private var channel: Reference?
    private var microphone: Capture?
    private var camera: Capture?
    private var monitor: Task<Void, Never>?
    private var isMuted = false
    var pictureRate = Sending.firstPictureRate

    /// Starts what is needed to describe the connection, and opens the devices.
    public init(_ options: PeerOptions) throws(MediaError) {
        try MediaSystem.start()
        let (events, report) = AsyncStream<PeerEvent>.makeStream(bufferingPolicy: .bufferingNewest(1_000))
        let receiving = try Receiving(options, channels: channels)
        let link = LinkWatch(report: report, gate: gate)
        guard let made = gst_pipeline_new(nil) else { throw .cannotStart("GStreamer makes no pipeline.") }
        let pipeline = Reference(retaining: made)
        let peer = try Self.makePeer(options)
        guard let agent = mediakit_agent(peer.element) else {
            throw .missing(element: "nicesrc", package: "gstreamer1.0-nice")
        }
        mediakit_share_clock(pipeline.element, base)
        gst_bin_add(pipeline.bin, peer.element)
        Self.watch(pipeline, report: report, gate: gate, certificate: certificate, link: link)
        Self.watch(peer: peer, report: report, link: link, receiving: receiving)
        // In a pipeline that does not run there are no channels.
        guard pipeline.change(to: GST_STATE_PLAYING) else { throw .cannotStart("The connection does not start.") }
        guard let channel = mediakit_create_channel(peer.element, "control", Int32(options.channelID)) else {
            pipeline.change(to: GST_STATE_NULL)
            throw .cannotStart("There is no data channel.")
        }
        let channelReference = Reference(adopting: channel)
        channelReference.on("on-open") { _ in report.yield(.channelOpen) }
        channelReference.on("on-message-string") { if let text = $0.text(1) { report.yield(.text(text)) } }
        let (channels, base) = (channels, base)
        let failed: @Sendable (String) -> Void = { report.yield(.sourceFailed($0)) }
        // A device that is not there must not stop a call.
        let microphone = Self.tolerating(failed) { () throws(MediaError) in
            try Capture.sound(options.microphone, channel: channels.sound, base: base, failed: failed)
        }
        let camera = Self.tolerating(failed) { () throws(MediaError) in
            try Capture.picture(
                options.camera, channel: channels.picture, base: base, shown: options.ownPicture, failed: failed)
        }
        (self.options, self.events, self.report, self.receiving, self.link) = (options, events, report, receiving, link)
        (self.pipeline, self.peer, self.channel) = (pipeline, peer, channelReference)
        self.agent = Reference(adopting: UnsafeMutableRawPointer(agent))
        (self.microphone, self.camera) = (microphone, camera)
    }

    private static func tolerating(
        _ failed: @Sendable (String) -> Void, _ start: () throws(MediaError) -> Capture?
    ) -> Capture? {
        do { return try start() } catch {
            failed(error.description)
            return nil
        }
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
        link: LinkWatch
    ) {
        pipeline.onMessage { if let error = $0 { report.yield(.failed(.cannotStart(error))) } }
        pipeline.on("deep-element-added") { values in
            if let raw = values.object(2) { prepare(raw, gate: gate, certificate: certificate, link: link) }
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
        _ raw: UnsafeMutableRawPointer, gate: Gate, certificate: CertificateCheck, link: LinkWatch
    ) {
        guard let kind = mediakit_kind(raw) else { return }
        switch String(cString: kind) {
        case "nicesrc": gate.watch(raw, isIncoming: true)
        case "nicesink": gate.watch(raw, isIncoming: false)
        case "rtpsession": mediakit_tune_session(raw.assumingMemoryBound(to: GstElement.self))
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

    // MARK: Sources

    /// Silence keeps flowing while muted, in packets of the same size.
    public func setMuted(_ isMuted: Bool) {
        self.isMuted = isMuted
        sending?.setMuted(isMuted)
    }

    public func setMicrophone(_ input: AudioInput) throws(MediaError) {
        microphone?.stop()
        microphone = nil
        guard !hasStopped else { return }
        microphone = try Capture.sound(input, channel: channels.sound, base: base) { [report] in
            report.yield(.sourceFailed($0))
        }
    }

    public func setCamera(_ input: VideoInput) throws(MediaError) {
        camera?.stop()
        camera = nil
        guard !hasStopped else { return }
        camera = try Capture.picture(
            input, channel: channels.picture, base: base, shown: options.ownPicture
        ) { [report] in report.yield(.sourceFailed($0)) }
        sending?.sendWholePicture()
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

    /// Begins to send what the branches hold; called once the media lines are known.
    func send(sound: Sending.Line?, picture: Sending.Line?) throws(MediaError) {
        sending = try Sending.begin(sound: sound, picture: picture, in: pipeline, to: peer, channels: channels)
        sending?.setMuted(isMuted)
        if let sending { link.whenUp { sending.open() } }
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
        microphone?.stop()
        camera?.stop()
        await receiving.finish()
        pipeline.change(to: GST_STATE_NULL)
        (channel, sending, microphone, camera) = (nil, nil, nil, nil)
        report.finish()
    }
}
