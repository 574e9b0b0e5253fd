/// What the media engine is told of the other side's description.
///
/// webrtcbin wants every value on every media line, refused ones too, and none of them twice; it makes every attribute a
/// condition of negotiation; and it looks up the host names of candidates that stand in the text. So it gets a text of ours
/// with what it needs and nothing else. Candidates come on their own way, past the rule that says which are used.
/// - Source: RFC 8829 §5.8; calls.md §6, §7.2
extension PeerDescription {
    /// What the description is to us.
    public enum Role: Sendable { case offer, answer }

    /// The text for the engine.
    /// - Parameters:
    ///   - names: what the media lines are called, as many as there are. What each side calls a line is its own affair as
    ///     long as the other sees one name throughout.
    ///   - pictures: names of the codecs that we have for pictures.
    public func engineText(names: [String], as role: Role, pictures: [String]) -> String {
        let lines = description.media
        guard names.count == lines.count else { return "" }
        let used = lines.indices.filter { uses(at: $0, pictures: pictures) }
        let group = used.filter { isBundled(lines[$0]) }.map { names[$0] }
        var text = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=ice-options:trickle"]
        if !group.isEmpty { text.append((["a=group:BUNDLE"] + group).joined(separator: " ")) }
        for (index, line) in lines.enumerated() {
            let isUsed = used.contains(index)
            let wanted = isUsed ? payloads(of: line, pictures: pictures, as: role) : []
            text.append(head(of: line, wanted, isUsed: isUsed, as: role))
            text += ["c=IN IP4 0.0.0.0"] + transport(of: line, as: role) + ["a=mid:\(names[index])"]
            if isUsed { text += media(of: line, wanted) } else { text.append("a=inactive") }
        }
        return text.map { $0 + "\r\n" }.joined()
    }

    /// One line of each kind is used, the first, and only with a format that we have.
    public func uses(at index: Int, pictures: [String]) -> Bool {
        let line = description.media[index]
        guard !line.isRejected, index == description.media.firstIndex(where: { $0.kind == line.kind && !$0.isRejected })
        else { return false }
        return switch line.kind {
        case .application: line.formats.first == "webrtc-datachannel"
        default: !payloads(of: line, pictures: pictures, as: .offer).isEmpty
        }
    }

    /// The codec of the call's pictures: of an offer the first that we have; of an answer the first of ours that it has,
    /// since that is what an answering libwebrtc sends, whatever it puts first.
    public func picture(_ pictures: [String], as role: Role) -> PayloadFormat? {
        guard role == .answer else { return video(pictures) }
        return pictures.lazy.compactMap { video([$0]) }.first
    }

    /// The format that we use, and the one that repeats what got lost.
    private func payloads(of line: MediaLine, pictures: [String], as role: Role) -> [PayloadFormat] {
        switch line.kind {
        case .audio: return line.payload(named: ["opus"]).map { [$0] } ?? []
        case .video:
            guard let picture = picture(pictures, as: role) else { return [] }
            return [picture] + line.payloads.filter { $0.repeatedPayload == picture.number }.prefix(1)
        case .application, .other: return []
        }
    }

    /// Whether the line shares its way with others.
    /// - Source: RFC 9143 §7
    private func isBundled(_ line: MediaLine) -> Bool {
        guard let name = line.mediaID else { return false }
        return description.session.attributes("group").contains { group in
            let names = group.split(separator: " ")
            return names.first == "BUNDLE" && names.dropFirst().contains { $0 == name }
        }
    }

    /// A line that is not used gets a kind that webrtcbin refuses: it would answer others whatever their port says.
    private func head(of line: MediaLine, _ wanted: [PayloadFormat], isUsed: Bool, as role: Role) -> String {
        if line.kind == .application, isUsed || role == .answer {
            return "m=application \(isUsed ? 9 : 0) UDP/DTLS/SCTP webrtc-datachannel"
        }
        let kind = isUsed || role == .answer ? line.kind.rawValue : "text"
        let numbers = wanted.isEmpty ? "0" : wanted.map { String($0.number) }.joined(separator: " ")
        return "m=\(kind) \(isUsed ? 9 : 0) UDP/TLS/RTP/SAVPF \(numbers)"
    }

    /// With one way for all there is one set of names; a line that goes its own way has its own.
    private func transport(of line: MediaLine, as role: Role) -> [String] {
        let names = (isBundled(line) ? nil : line.credentials) ?? credentials
        let setup = line.setup ?? (role == .offer ? .either : .active)
        return [
            "a=ice-ufrag:\(names.fragment)", "a=ice-pwd:\(names.password)", "a=fingerprint:\(fingerprint.text)",
            "a=setup:\(setup.rawValue)",
        ]
    }

    private func media(of line: MediaLine, _ wanted: [PayloadFormat]) -> [String] {
        guard line.kind != .application else {
            let port = line.section.attribute("sctp-port").flatMap(UInt16.init) ?? 5_000
            return ["a=sctp-port:\(port)"]
        }
        let extensions = line.headerExtensions.filter { $0.name == MediaLineWriter.counting }
        return ["a=\(line.direction.rawValue)", "a=rtcp-mux", "a=rtcp-rsize"]
            + extensions.map { "a=extmap:\($0.number) \($0.name)" } + wanted.flatMap(Self.lines) + sources(of: line)
    }

    /// Feedback that the engine knows of.
    private static let feedback: Set<String> = ["transport-cc", "ccm fir", "nack", "nack pli"]

    private static func lines(of payload: PayloadFormat) -> [String] {
        let number = payload.number
        let parameters: String? =
            switch payload.name {
            // Our own: what a peer wishes here is no condition, and we do it in any case.
            case "opus": "minptime=10;useinbandfec=1;cbr=1"
            case "rtx": payload.repeatedPayload.map { "apt=\($0)" }
            case "h264": "packetization-mode=1"
            default: nil
            }
        let channels = payload.name == "opus" ? "/2" : ""
        return ["a=rtpmap:\(number) \(payload.name.uppercased())/\(payload.clockRate)\(channels)"]
            + payload.feedback.filter(feedback.contains).map { "a=rtcp-fb:\(number) \($0)" }
            + (parameters.map { ["a=fmtp:\(number) \($0)"] } ?? [])
    }

    /// Which packets belong to the line. A bundle may not say it otherwise.
    private func sources(of line: MediaLine) -> [String] {
        var known: [UInt32] = []
        for text in line.section.attributes("ssrc") {
            guard let source = text.split(separator: " ").first.flatMap({ UInt32($0) }), !known.contains(source) else {
                continue
            }
            known.append(source)
        }
        let groups = line.section.attributes("ssrc-group").compactMap { text -> String? in
            let fields = text.split(separator: " ")
            guard fields.count == 3, fields[0] == "FID", fields.dropFirst().allSatisfy({ UInt32($0) != nil }) else {
                return nil
            }
            return "a=ssrc-group:\(text)"
        }
        return groups + known.map { "a=ssrc:\($0) cname:peer" }
    }
}
