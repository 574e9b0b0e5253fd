import CGst
import CMediaKit
import Foundation

extension PeerSession {
    /// Payload number of the sound in our offers, and the number of the header extension there.
    private static let (soundPayload, counter): (UInt8, Int) = (111, 3)

    /// The header extension in which packets are counted, so that the other side learns what the way bears.
    public static let countingExtension = PacketForm.counting

    /// One media line that we send on: its place, and the numbers that were agreed on.
    public struct AnsweredLine: Sendable, Hashable {
        public let mediaIndex: Int
        public let payload: UInt8
        /// `nil` for sound.
        public let codec: PictureCodec?
        /// The number of ``PeerSession/countingExtension``, if the other side knows it.
        public let counter: Int?

        public init(mediaIndex: Int, payload: UInt8, codec: PictureCodec? = nil, counter: Int? = nil) {
            (self.mediaIndex, self.payload, self.codec, self.counter) = (mediaIndex, payload, codec, counter)
        }
    }

    func form(of line: AnsweredLine) -> PacketForm {
        PacketForm(
            codec: line.codec, payload: line.payload, source: line.codec == nil ? soundSource : pictureSource,
            counter: line.counter)
    }

    /// Makes the first offer, with sound, picture and data channel. Candidates follow as events. Nothing is coded before the
    /// answer: only then it is known how.
    public func offer() async throws(MediaError) -> String {
        try requireRunning()
        let sound = AnsweredLine(mediaIndex: 0, payload: Self.soundPayload, counter: Self.counter)
        let pictures = codecs.map { AnsweredLine(mediaIndex: 1, payload: $0.payload, codec: $0, counter: Self.counter) }
        mediakit_add_line(peer.element, form(of: sound).text, 0)
        mediakit_add_line(peer.element, pictures.map { form(of: $0).text }.joined(separator: ";"), 1)
        var text = try await Replies.text(of: "offer", from: peer, "create-offer")
        for codec in codecs { text = Self.repeating(codec, in: text) }
        try requireRunning()
        try await Replies.set(text, kind: "offer", in: peer, "set-local-description")
        firstOffer = text
        return text
    }

    /// The codecs of the call's pictures, in the order of our offers.
    var codecs: [PictureCodec] { options.pictureCodecs ?? PictureCodec.ours }

    /// webrtcbin offers to repeat lost packets of the first codec alone.
    private static func repeating(_ codec: PictureCodec, in text: String) -> String {
        var lines = text.components(separatedBy: "\r\n")
        let (format, repeating) = ("a=rtpmap:\(codec.payload) \(codec.rawValue)/", "\(codec.repeating)")
        guard !lines.contains(where: { $0.hasSuffix(" apt=\(codec.payload)") }),
            let head = lines.firstIndex(where: { $0.hasPrefix("m=video ") }),
            let place = lines.firstIndex(where: { $0.hasPrefix(format) })
        else { return text }
        lines.insert(
            contentsOf: ["a=rtpmap:\(repeating) rtx/90000", "a=fmtp:\(repeating) apt=\(codec.payload)"], at: place)
        lines[head] += " \(repeating)"
        return lines.joined(separator: "\r\n")
    }

    /// Answers the first offer.
    /// - Parameter expected: what the other side's certificate must hash to.
    public func answer(
        _ offer: String, expecting expected: CertificateHash, sound: AnsweredLine?, picture: AnsweredLine?
    ) async throws(MediaError) -> String {
        try requireRunning()
        certificate.expect(expected)
        try await Replies.set(offer, kind: "offer", in: peer, "set-remote-description")
        try requireRunning()
        try send(sound: sound, picture: picture)
        return try await makeAnswer(setup: nil)
    }

    /// Answers an offer within the running call; keys and certificate stay as they are.
    /// - Parameter setup: who opens DTLS, as it was agreed in the beginning.
    public func answerAgain(_ offer: String, setup: String) async throws(MediaError) -> String {
        try requireRunning()
        // A new generation here too: otherwise the agent holds on to the way to where the other side was before.
        guard renew() != nil else { throw .refusedDescription("no new way can be looked for") }
        try await Replies.set(offer, kind: "offer", in: peer, "set-remote-description")
        way?.expect(offer)
        let text = try await makeAnswer(setup: setup)
        link.restarted()
        return text
    }

    private func makeAnswer(setup: String?) async throws(MediaError) -> String {
        var text = Self.certified(try await Replies.text(of: "answer", from: peer, "create-answer"))
        try requireRunning()
        if let setup, let names { text = Self.named(names, Self.replacing(["a=setup:": setup], in: text)) }
        try await Replies.set(text, kind: "answer", in: peer, "set-local-description")
        return text
    }

    /// webrtcbin copies what it refuses of an offer with the other side's values, and then wants its own on every line.
    private static func certified(_ text: String) -> String {
        var sections: [[String]] = [[]]
        for line in text.components(separatedBy: "\r\n") where !line.isEmpty {
            if line.hasPrefix("m=") { sections.append([]) }
            sections[sections.count - 1].append(line)
        }
        func isRefused(_ section: [String]) -> Bool { section.first?.split(separator: " ").dropFirst().first == "0" }
        func isOwn(_ line: String) -> Bool {
            ["a=ice-ufrag:", "a=ice-pwd:", "a=fingerprint:", "a=setup:"].contains { line.hasPrefix($0) }
        }
        guard let own = sections.dropFirst().first(where: { !isRefused($0) })?.filter(isOwn) else { return text }
        return sections.flatMap { isRefused($0) ? $0.filter { !isOwn($0) } + own : $0 }.map { $0 + "\r\n" }.joined()
    }

    /// Applies the answer to our first offer, and begins to send what it takes.
    /// - Parameter expected: what the other side's certificate must hash to.
    public func apply(
        answer: String, expecting expected: CertificateHash, sound: AnsweredLine?, picture: AnsweredLine?
    ) async throws(MediaError) {
        try requireRunning()
        certificate.expect(expected)
        try send(sound: sound, picture: picture)
        try await Replies.set(answer, kind: "answer", in: peer, "set-remote-description")
    }

    /// Applies the answer to a later offer of ours; keys and certificate stay as they are.
    public func apply(answer: String) async throws(MediaError) {
        try requireRunning()
        try await Replies.set(answer, kind: "answer", in: peer, "set-remote-description")
        way?.expect(answer)
        link.restarted()
    }

    /// Makes an offer with a new ICE generation: everything else stays as it is. webrtcbin cannot do that itself.
    public func restart() async throws(MediaError) -> String {
        try requireRunning()
        guard var text = firstOffer else { throw .refusedDescription("there was no first offer") }
        guard let names = renew() else { throw .refusedDescription("no new way can be looked for") }
        text = Self.named(names, text)
        try await Replies.set(text, kind: "offer", in: peer, "set-local-description")
        return text
    }

    /// A way to reach the other side. What cannot be used does no harm.
    public func add(candidate: String, mediaIndex: UInt32) {
        guard !hasStopped else { return }
        if let way { return way.add(candidate) }
        mediakit_add_candidate(peer.element, mediaIndex, candidate)
    }

    func requireRunning() throws(MediaError) { if hasStopped { throw .ended } }

    private static func named(_ names: Way.Names, _ text: String) -> String {
        replacing(["a=ice-ufrag:": names.fragment, "a=ice-pwd:": names.password], in: text)
    }

    /// Puts other values behind the beginnings of lines.
    private static func replacing(_ values: [String: String], in text: String) -> String {
        text.split(separator: "\r\n", omittingEmptySubsequences: false).map { line in
            values.first { line.hasPrefix($0.key) }.map { $0.key + $0.value } ?? String(line)
        }.joined(separator: "\r\n")
    }
}
