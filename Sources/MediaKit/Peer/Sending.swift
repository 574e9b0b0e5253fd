import CGst
import CMediaKit

/// The two branches that encode and send: always the same, whatever feeds them.
final class Sending: Sendable {
    /// Bits a second. The sound's is constant, so that packets do not tell who speaks.
    static let soundRate = 32_000
    /// Of 10. More costs twice the processor time, and voices sound the same.
    private static let soundEffort = 5
    /// Percent of loss that the sound is prepared for at most.
    private static let mostLoss = 20
    static let pictureRates = 100_000...1_700_000
    static let firstPictureRate = 500_000

    let soundSizes: PacketSizes?
    /// The codec of the pictures that we send; `nil` when nobody wants any.
    let pictureCodec: PictureCodec?
    private let mute: Reference?
    private let voice: Reference?
    private let encoder: Reference?
    private let size: Reference?
    private let valves: [Reference]

    /// What ends each branch. webrtcbin holds back what comes before it is connected and lets it go at once then: a ringing
    /// minute of silence that the other side would hear first. So nothing comes before.
    private static let valve = "! valve name=valve drop=true drop-mode=forward-sticky-events"

    /// Lets sound and picture flow.
    func open() {
        for valve in valves { valve.set("drop", "false") }
        sendWholePicture()
    }

    /// Where a branch goes, and what its packets look like.
    struct Line: Sendable {
        let form: PacketForm
        let mediaIndex: Int
    }

    /// - Parameter rate: bits a second of the picture.
    init(
        sound: Line?, picture: Line?, rate: Int, size: PictureSize, in pipeline: Reference, to peer: Reference,
        channels: MediaChannels
    ) throws(MediaError) {
        func branch(_ line: Line?, _ text: (PacketForm) -> String) throws(MediaError) -> Reference? {
            guard let line else { return nil }
            return try Self.branch(text(line.form), line, in: pipeline, to: peer)
        }
        let soundPart = try branch(sound) { Self.soundText($0, channels) }
        let picturePart = try branch(picture) { Self.pictureText($0, rate, size, channels) }
        (mute, voice) = (soundPart?.part(named: "mute"), soundPart?.part(named: "voice"))
        soundSizes = soundPart?.part(named: "pay").map { PacketSizes(after: $0) }
        (encoder, self.size) = (picturePart?.part(named: "encoder"), picturePart?.part(named: "size"))
        valves = [soundPart, picturePart].compactMap { $0?.part(named: "valve") }
        pictureCodec = picture?.form.codec
    }

    private static func branch(
        _ text: String, _ line: Line, in pipeline: Reference, to peer: Reference
    ) throws(MediaError) -> Reference {
        let part = try Reference.part(text)
        part.part(named: "form")?.set("caps", line.form.text)
        gst_bin_add(pipeline.bin, part.element)
        guard let pad = gst_element_request_pad_simple(peer.element, "sink_\(line.mediaIndex)") else {
            throw .cannotStart("A media line does not exist.")
        }
        defer { gst_object_unref(pad) }
        guard part.link("src", to: pad) else { throw .cannotStart("What is sent does not fit the description.") }
        // Only for pictures: the number for repeated sound would be the picture's.
        mediakit_set_repeats_lost(pad, line.form.codec == nil ? 0 : 1)
        gst_element_sync_state_with_parent(part.element)
        return part
    }

    /// Nanoseconds of sound that may wait between a source and the encoder: what is being filled and one more piece. The
    /// source begins long before anything is sent, so that much lies there in every call.
    private static let wait = 40_000_000

    private static func soundText(_ form: PacketForm, _ channels: MediaChannels) -> String {
        "interaudiosrc channel=\(channels.sound) buffer-time=\(wait) latency-time=20000000 period-time=20000000 "
            + "! audioconvert ! audioresample ! \(Capture.sound) ! volume name=mute ! opusenc name=voice audio-type=voice "
            + "frame-size=20 bitrate=\(soundRate) bitrate-type=cbr complexity=\(soundEffort) inband-fec=true "
            + "! rtpopuspay name=pay pt=\(form.payload) ssrc=\(form.source) ! capsfilter name=form \(valve)"
    }

    private static func pictureText(
        _ form: PacketForm, _ rate: Int, _ size: PictureSize, _ channels: MediaChannels
    ) -> String {
        "intervideosrc channel=\(channels.picture) ! videoconvert ! videoscale ! videorate drop-only=true "
            + "! capsfilter name=size caps=\"\(size.form)\" ! queue leaky=downstream max-size-buffers=2 "
            + "! \((form.codec ?? .vp8).coder(form, rate: rate)) ! capsfilter name=form \(valve)"
    }

    func setMuted(_ isMuted: Bool) { mute?.set("mute", isMuted ? "true" : "false") }

    /// How much of the sound is expected to get lost. Each packet then carries the one before once more, in the same space:
    /// from about 6 % on the encoder takes a way of coding for that which bears loss well, and music and tones badly.
    /// - Parameter share: 0…1.
    func setSoundLoss(_ share: Double) {
        voice?.set("packet-loss-percentage", "\(min(Int((share * 100).rounded(.up)), Self.mostLoss))")
    }

    func setPictureSize(_ picture: PictureSize) {
        size?.set("caps", picture.form)
    }

    func setPictureRate(_ rate: Int) {
        if let pictureCodec { encoder?.set(pictureCodec.rateProperty, "\(rate)") }
    }

    func sendWholePicture() { if let encoder { mediakit_ask_for_keyframe(encoder.element) } }
}
