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

    /// Payload number and stream number.
    private static func source() -> UInt32 { .random(in: 1 ... .max) }

    let mute: Reference?
    let encoder: Reference?
    let soundSizes: PacketSizes?
    private let voice: Reference?
    private let size: Reference?
    private let valves: [Reference]

    private init(
        mute: Reference?, voice: Reference?, encoder: Reference?, size: Reference?, soundSizes: PacketSizes?,
        valves: [Reference]
    ) {
        (self.mute, self.voice, self.encoder, self.size) = (mute, voice, encoder, size)
        (self.soundSizes, self.valves) = (soundSizes, valves)
    }

    /// What ends each branch. webrtcbin holds back what comes before it is connected and lets it go at once then: a ringing
    /// minute of silence that the other side would hear first. So nothing comes before.
    private static let valve = "! valve name=valve drop=true drop-mode=forward-sticky-events"

    /// Lets sound and picture flow.
    func open() {
        for valve in valves { valve.set("drop", "false") }
        sendWholePicture()
    }

    /// Where a branch goes.
    struct Line: Sendable {
        let payload: UInt8
        let mediaIndex: Int
    }

    static func begin(
        sound: Line?, picture: Line?, in pipeline: Reference, to peer: Reference, channels: MediaChannels
    ) throws(MediaError) -> Sending {
        var (mute, voice, encoder, size): (Reference?, Reference?, Reference?, Reference?)
        var sizes: PacketSizes?
        var valves: [Reference?] = []
        if let sound {
            let part = try branch(soundText(sound.payload, channels), sound, in: pipeline, to: peer, repeatsLost: false)
            (mute, voice) = (part.part(named: "mute"), part.part(named: "voice"))
            valves.append(part.part(named: "valve"))
            sizes = part.part(named: "pay").map { PacketSizes(after: $0) }
        }
        if let picture {
            let part = try branch(
                pictureText(picture.payload, channels), picture, in: pipeline, to: peer, repeatsLost: true)
            (encoder, size) = (part.part(named: "encoder"), part.part(named: "size"))
            valves.append(part.part(named: "valve"))
        }
        return Sending(
            mute: mute, voice: voice, encoder: encoder, size: size, soundSizes: sizes, valves: valves.compactMap(\.self)
        )
    }

    private static func branch(
        _ text: String, _ line: Line, in pipeline: Reference, to peer: Reference, repeatsLost: Bool
    ) throws(MediaError) -> Reference {
        let part = try Reference.part(text)
        gst_bin_add(pipeline.bin, part.element)
        guard let pad = gst_element_request_pad_simple(peer.element, "sink_\(line.mediaIndex)") else {
            throw .cannotStart("A media line does not exist.")
        }
        defer { gst_object_unref(pad) }
        guard part.link("src", to: pad) else { throw .cannotStart("What is sent does not fit the description.") }
        // Only for pictures: the number for repeated sound would be the picture's.
        mediakit_set_repeats_lost(pad, repeatsLost ? 1 : 0)
        gst_element_sync_state_with_parent(part.element)
        return part
    }

    /// Nanoseconds of sound that may wait between a source and the encoder. A source that falls behind once lies that much
    /// deeper from then on, up to here.
    private static let wait = 100_000_000

    private static func soundText(_ payload: UInt8, _ channels: MediaChannels) -> String {
        let source = source()
        return
            "interaudiosrc channel=\(channels.sound) buffer-time=\(wait) latency-time=20000000 period-time=20000000 ! audioconvert "
            + "! audioresample ! \(Capture.sound) ! volume name=mute ! opusenc name=voice audio-type=voice frame-size=20 "
            + "bitrate=\(soundRate) bitrate-type=cbr complexity=\(soundEffort) inband-fec=true "
            + "! rtpopuspay name=pay pt=\(payload) ssrc=\(source) "
            + "! capsfilter caps=\"application/x-rtp,media=audio,encoding-name=OPUS,payload=\(payload),clock-rate=48000,"
            + "encoding-params=(string)2,ssrc=(uint)\(source),minptime=(string)10,useinbandfec=(string)1,cbr=(string)1\" \(valve)"
    }

    private static func pictureText(_ payload: UInt8, _ channels: MediaChannels) -> String {
        let source = source()
        return "intervideosrc channel=\(channels.picture) ! videoconvert ! videoscale ! videorate drop-only=true "
            + "! capsfilter name=size caps=\"\(PictureSize.middle.form)\" ! queue leaky=downstream max-size-buffers=2 ! vp8enc name=encoder deadline=1 cpu-used=8 end-usage=cbr "
            + "target-bitrate=\(firstPictureRate) keyframe-max-dist=3000 "
            + "! rtpvp8pay pt=\(payload) ssrc=\(source) picture-id-mode=15-bit "
            + "! capsfilter caps=\"application/x-rtp,media=video,encoding-name=VP8,payload=\(payload),clock-rate=90000,"
            + "ssrc=(uint)\(source),rtcp-fb-nack=true,rtcp-fb-nack-pli=true,rtcp-fb-ccm-fir=true\" \(valve)"
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

    func setPictureRate(_ rate: Int) { encoder?.set("target-bitrate", "\(rate)") }

    func sendWholePicture() { if let encoder { mediakit_ask_for_keyframe(encoder.element) } }
}
