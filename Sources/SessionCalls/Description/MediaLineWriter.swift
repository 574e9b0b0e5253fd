/// Writes one media line of ours.
/// - Source: calls.md §7.4
struct MediaLineWriter {
    /// As the engine made it.
    let line: MediaLine
    /// The line that it answers.
    let offered: MediaLine?
    let mediaID: String
    let setup: MediaLine.Setup
    let canonicalName: String

    /// Header extensions that we speak if the engine does. The level of the sound is not among them, so that no relay
    /// reads when somebody talks.
    /// - Source: calls.md §7.3, §7.4
    static let extensions: Set<String> = [
        "urn:ietf:params:rtp-hdrext:sdes:mid",
        "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
        "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
        "urn:3gpp:video-orientation",
    ]

    func lines() throws(DescriptionError) -> [String] {
        guard !line.isRejected, let track = Track(line.kind) else { return rejected }
        guard let credentials = line.credentials else { throw .noICECredentials }
        guard let fingerprint = line.fingerprint else { throw .noFingerprint }
        let transport = [
            "a=ice-ufrag:\(credentials.fragment)", "a=ice-pwd:\(credentials.password)", "a=ice-options:trickle",
            "a=fingerprint:\(fingerprint.text)", "a=setup:\(setup.rawValue)", "a=mid:\(mediaID)",
        ]
        guard let trackID = track.id else {
            return ["m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "c=IN IP4 0.0.0.0"] + transport
                + ["a=sctp-port:5000", "a=max-message-size:262144"]
        }
        let payloads = line.payloads.filter { track.codecs.contains($0.name) }
        let numbers = payloads.map { String($0.number) }.joined(separator: " ")
        return [
            "m=\(line.kind.rawValue) 9 UDP/TLS/RTP/SAVPF \(numbers)", "c=IN IP4 0.0.0.0", "a=rtcp:9 IN IP4 0.0.0.0",
        ]
            + transport + extensionLines
            + ["a=\(line.direction.rawValue)", "a=msid:\(OutgoingDescription.stream) \(trackID)", "a=rtcp-mux"]
            + ["a=rtcp-rsize"] + payloads.flatMap(payloadLines) + sourceLines(trackID)
    }

    /// A line that is not wanted keeps its place, and nothing else.
    private var rejected: [String] {
        let formats = (offered ?? line).formats.joined(separator: " ")
        let (kind, transport) = (offered ?? line).section.lines.first.map(Self.kindAndTransport) ?? ("audio", "")
        return ["m=\(kind) 0 \(transport) \(formats)", "c=IN IP4 0.0.0.0", "a=mid:\(mediaID)", "a=inactive"]
    }

    /// The words of a media line of a kind that we have no name for.
    private static func kindAndTransport(_ line: String) -> (String, String) {
        let fields = line.dropFirst(2).split(separator: " ").map(String.init)
        return fields.count > 2 ? (fields[0], fields[2]) : ("audio", "UDP/TLS/RTP/SAVPF")
    }

    private var extensionLines: [String] {
        line.section.attributes("extmap").filter { value in
            value.split(separator: " ").dropFirst().first.map { Self.extensions.contains(String($0)) } ?? false
        }.map { "a=extmap:\($0)" }
    }

    private func payloadLines(_ payload: PayloadFormat) -> [String] {
        let number = payload.number
        switch payload.name {
        case "opus":
            return [
                "a=rtpmap:\(number) opus/48000/2", "a=rtcp-fb:\(number) transport-cc",
                "a=fmtp:\(number) minptime=10;useinbandfec=1;cbr=1",
            ]
        case "rtx":
            guard let repeated = payload.repeatedPayload else { return [] }
            return ["a=rtpmap:\(number) rtx/90000", "a=fmtp:\(number) apt=\(repeated)"]
        default:
            let feedback = ["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"]
            let parameters =
                payload.name == "h264"
                ? ["a=fmtp:\(number) level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"] : []
            return ["a=rtpmap:\(number) \(payload.name.uppercased())/90000"]
                + feedback.map { "a=rtcp-fb:\(number) \($0)" } + parameters
        }
    }

    /// Which packets are whose; the engine's names for itself are replaced.
    private func sourceLines(_ trackID: String) -> [String] {
        let groups = line.section.attributes("ssrc-group").filter { value in
            let fields = value.split(separator: " ")
            return fields.count == 3 && fields[0] == "FID" && fields.dropFirst().allSatisfy { UInt32($0) != nil }
        }
        var sources: [UInt32] = []
        for value in line.section.attributes("ssrc") {
            guard let source = value.split(separator: " ").first.flatMap({ UInt32($0) }) else { continue }
            if !sources.contains(source) { sources.append(source) }
        }
        return groups.map { "a=ssrc-group:\($0)" }
            + sources.flatMap { source in
                [
                    "a=ssrc:\(source) cname:\(canonicalName)",
                    "a=ssrc:\(source) msid:\(OutgoingDescription.stream) \(trackID)",
                ]
            }
    }
}

/// What we send on a media line.
private struct Track {
    /// `nil` for the data channel, which is no track.
    let id: String?
    let codecs: Set<String>

    init?(_ kind: MediaLine.Kind) {
        switch kind {
        case .audio: (id, codecs) = ("a0", ["opus"])
        case .video: (id, codecs) = ("v0", ["vp8", "h264", "rtx"])
        case .application: (id, codecs) = (nil, [])
        case .other: return nil
        }
    }
}
