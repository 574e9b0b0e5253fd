import CGst
import CMediaKit

extension PeerSession {
    /// Payload numbers of our offers.
    public static let (soundPayload, picturePayload): (UInt8, UInt8) = (111, 96)

    /// One media line of the other side's offer that we answer: its place and the payload number that we send with.
    public struct AnsweredLine: Sendable, Hashable {
        public let mediaIndex: Int
        public let payload: UInt8
        public init(mediaIndex: Int, payload: UInt8) { (self.mediaIndex, self.payload) = (mediaIndex, payload) }
    }

    /// Makes the first offer, with sound, picture and data channel. Candidates follow as events.
    public func offer() async throws(MediaError) -> String {
        try requireRunning()
        try send(
            sound: Sending.Line(payload: Self.soundPayload, mediaIndex: 0),
            picture: Sending.Line(payload: Self.picturePayload, mediaIndex: 1))
        let text = try await Replies.text(of: "offer", from: peer, "create-offer")
        try requireRunning()
        try await Replies.set(text, kind: "offer", in: peer, "set-local-description")
        return text
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
        try send(
            sound: sound.map { Sending.Line(payload: $0.payload, mediaIndex: $0.mediaIndex) },
            picture: picture.map { Sending.Line(payload: $0.payload, mediaIndex: $0.mediaIndex) })
        return try await makeAnswer(setup: nil)
    }

    /// Answers an offer within the running call; keys and certificate stay as they are.
    /// - Parameter setup: who opens DTLS, as it was agreed in the beginning.
    public func answerAgain(_ offer: String, setup: String) async throws(MediaError) -> String {
        try requireRunning()
        try await Replies.set(offer, kind: "offer", in: peer, "set-remote-description")
        let text = try await makeAnswer(setup: setup)
        link.restarted()
        return text
    }

    private func makeAnswer(setup: String?) async throws(MediaError) -> String {
        var text = try await Replies.text(of: "answer", from: peer, "create-answer")
        if let setup { text = Self.replacing(["a=setup:": setup], in: text) }
        try requireRunning()
        try await Replies.set(text, kind: "answer", in: peer, "set-local-description")
        return text
    }

    /// Applies the answer to an offer of ours.
    /// - Parameter expected: what the other side's certificate must hash to; `nil` leaves that as it was.
    public func apply(answer: String, expecting expected: CertificateHash?) async throws(MediaError) {
        try requireRunning()
        if let expected { certificate.expect(expected) }
        try await Replies.set(answer, kind: "answer", in: peer, "set-remote-description")
        if expected == nil { link.restarted() }
    }

    /// Makes an offer with a new ICE generation: everything else stays as it is. webrtcbin cannot do that itself.
    public func restart() async throws(MediaError) -> String {
        try requireRunning()
        var text = try await Replies.text(of: "offer", from: peer, "create-offer")
        var (fragment, password): (UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<CChar>?)
        let isRestarted = mediakit_restart(OpaquePointer(agent.raw), &fragment, &password) != 0
        let names = (Replies.string(fragment), Replies.string(password))
        guard isRestarted, let newFragment = names.0, let newPassword = names.1 else {
            throw .refusedDescription("no new way can be looked for")
        }
        text = Self.replacing(["a=ice-ufrag:": newFragment, "a=ice-pwd:": newPassword], in: text)
        try await Replies.set(text, kind: "offer", in: peer, "set-local-description")
        return text
    }

    /// A way to reach the other side. What cannot be used does no harm.
    public func add(candidate: String, mediaIndex: UInt32) {
        guard !hasStopped else { return }
        mediakit_add_candidate(peer.element, mediaIndex, candidate)
    }

    func requireRunning() throws(MediaError) { if hasStopped { throw .ended } }

    /// Puts other values behind the beginnings of lines.
    private static func replacing(_ values: [String: String], in text: String) -> String {
        text.split(separator: "\r\n", omittingEmptySubsequences: false).map { line in
            values.first { line.hasPrefix($0.key) }.map { $0.key + $0.value } ?? String(line)
        }.joined(separator: "\r\n")
    }
}
