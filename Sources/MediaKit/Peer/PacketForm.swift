/// What the packets of one media line look like, as both descriptions have it.
/// - Source: calls.md §7.4
struct PacketForm: Sendable {
    /// `nil` for sound.
    let codec: PictureCodec?
    let payload: UInt8
    /// Stream number.
    let source: UInt32
    /// Under which number packets are counted across all streams, if the other side reports on that, or we do.
    let counter: Int?

    /// The header extension in which packets are counted.
    /// - Source: draft-holmer-rmcat-transport-wide-cc-extensions-01
    static let counting = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"

    /// GStreamer's text form. Every field is a condition of webrtcbin's negotiation.
    var text: String {
        let counting = counter.map { ",rtcp-fb-transport-cc=true,extmap-\($0)=(string)\"\(Self.counting)\"" } ?? ""
        return "application/x-rtp,payload=\(payload),ssrc=(uint)\(source),\(fields)\(counting)"
    }

    private var fields: String {
        switch codec {
        case nil:
            "media=audio,encoding-name=OPUS,clock-rate=48000,encoding-params=(string)2,minptime=(string)10,"
                + "useinbandfec=(string)1,cbr=(string)1"
        case let codec?:
            "media=video,encoding-name=\(codec.rawValue),clock-rate=90000\(codec.fields),rtcp-fb-nack=true,"
                + "rtcp-fb-nack-pli=true,rtcp-fb-ccm-fir=true"
        }
    }
}
