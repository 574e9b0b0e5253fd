/// What pictures are coded with.
/// - Source: calls.md §7.4
public enum PictureCodec: String, Sendable, Hashable, CaseIterable {
    case vp8 = "VP8"
    case h264 = "H264"

    /// What this machine has, in the order of our offers.
    public static var ours: [PictureCodec] {
        MediaSystem.has("openh264enc") && MediaSystem.has("openh264dec") && MediaSystem.has("h264parse")
            ? [.vp8, .h264] : [.vp8]
    }

    /// Payload number of our offers.
    public var payload: UInt8 {
        switch self {
        case .vp8: 96
        case .h264: 102
        }
    }

    /// Payload number under which lost packets are repeated.
    var repeating: UInt8 { payload + 1 }

    // MARK: Coding

    /// From raw pictures to packets.
    func coder(_ form: PacketForm, rate: Int) -> String {
        switch self {
        case .vp8:
            "vp8enc name=encoder deadline=1 cpu-used=8 end-usage=cbr target-bitrate=\(rate) keyframe-max-dist=3000 "
                + "! rtpvp8pay pt=\(form.payload) ssrc=\(form.source) picture-id-mode=15-bit"
        case .h264:
            "openh264enc name=encoder rate-control=bitrate bitrate=\(rate) complexity=low gop-size=3000 "
                + "! capsfilter caps=\"video/x-h264,profile=constrained-baseline\" "
                // What is needed to begin goes with each whole picture.
                + "! rtph264pay pt=\(form.payload) ssrc=\(form.source) config-interval=-1 aggregate-mode=zero-latency"
        }
    }

    /// The encoder's property for bits a second.
    var rateProperty: String {
        switch self {
        case .vp8: "target-bitrate"
        case .h264: "bitrate"
        }
    }

    /// What a description says of the codec, in the form of GStreamer.
    var fields: String {
        switch self {
        case .vp8: ""
        case .h264: ",packetization-mode=(string)1"
        }
    }

    // MARK: Reading

    /// From packets to coded pictures; the last element is called `arrived` and knows their size.
    var collector: String {
        switch self {
        case .vp8: "rtpvp8depay name=arrived request-keyframe=true wait-for-keyframe=true"
        case .h264:
            "rtph264depay request-keyframe=true wait-for-keyframe=true ! h264parse name=arrived "
                + "! capsfilter caps=\"video/x-h264,stream-format=byte-stream,alignment=au\""
        }
    }

    var decoder: String {
        switch self {
        case .vp8: "vp8dec"
        case .h264: "openh264dec"
        }
    }

    /// From coded pictures to a Matroska file's.
    var keeper: String {
        switch self {
        case .vp8: "matroskamux"
        // The form in which the size may change.
        case .h264: "h264parse ! capsfilter caps=\"video/x-h264,stream-format=avc3,alignment=au\" ! matroskamux"
        }
    }
}
