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

    /// Header extensions that we speak if the engine does: packets are counted, so that whoever sends them learns what the
    /// way bears. The level of the sound is not among them, so that no relay reads when somebody talks.
    /// - Source: calls.md §7.3, §7.4
    static let counting = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"

    /// What is refused by one of the two, or has no format of ours, keeps its place and nothing else.
    var isRejected: Bool {
        guard !line.isRejected, !(offered?.isRejected ?? false), let track = Track(line.kind) else { return true }
        return track.id != nil && payloads(track).allSatisfy { $0.name == "rtx" }
    }

    private func payloads(_ track: Track) -> [PayloadFormat] {
        line.payloads.filter { track.codecs.contains($0.name) }
    }

    func lines() throws(DescriptionError) -> [String] {
        guard !isRejected, let track = Track(line.kind) else { return rejected }
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
        let payloads = payloads(track)
        let numbers = payloads.map { String($0.number) }.joined(separator: " ")
        return [
            "m=\(line.kind.rawValue) 9 UDP/TLS/RTP/SAVPF \(numbers)", "c=IN IP4 0.0.0.0", "a=rtcp:9 IN IP4 0.0.0.0",
        ]
            + transport + extensionLines
            + ["a=\(line.direction.rawValue)", "a=msid:\(OutgoingDescription.stream) \(trackID)", "a=rtcp-mux"]
            + ["a=rtcp-rsize"] + payloads.flatMap(payloadLines) + sourceLines(trackID)
    }

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

    private var counter: Int? { line.headerExtensions.first { $0.name == Self.counting }?.number }

    private var extensionLines: [String] { counter.map { ["a=extmap:\($0) \(Self.counting)"] } ?? [] }

    private func payloadLines(_ payload: PayloadFormat) -> [String] {
        let number = payload.number
        switch payload.name {
        case "opus":
            return ["a=rtpmap:\(number) opus/48000/2"] + feedback(number)
                + ["a=fmtp:\(number) minptime=10;useinbandfec=1;cbr=1"]
        case "rtx":
            guard let repeated = payload.repeatedPayload else { return [] }
            return ["a=rtpmap:\(number) rtx/90000", "a=fmtp:\(number) apt=\(repeated)"]
        default:
            let parameters =
                payload.name == "h264"
                ? [
                    "a=fmtp:\(number) level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=\(profile(number))"
                ]
                : []
            return ["a=rtpmap:\(number) \(payload.name.uppercased())/90000"]
                + feedback(number) + ["ccm fir", "nack", "nack pli"].map { "a=rtcp-fb:\(number) \($0)" } + parameters
        }
    }

    /// Nothing is promised that the engine does not do: it reports on packets that are counted, and on no others.
    private func feedback(_ number: UInt8) -> [String] { counter == nil ? [] : ["a=rtcp-fb:\(number) transport-cc"] }

    /// An answer names the profile that was offered, with a level of ours.
    /// - Source: RFC 6184 §8.2.2
    private func profile(_ number: UInt8) -> String {
        let common = PayloadFormat.commonProfile
        guard let profile = offered?.payloads.first(where: { $0.number == number })?.profile else { return common }
        return String(profile.prefix(4)) + String(common.suffix(2))
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
