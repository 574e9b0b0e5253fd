/// The description that is sent, written anew from what the media engine made: nothing of the engine's own wording,
/// and so nothing of this machine, leaves with it.
/// - Source: calls.md §7.3, §7.4
public struct OutgoingDescription: Sendable {
    /// The names of the media lines, in their order; candidates are sent under them.
    public let mediaIDs: [String]
    public let text: String

    /// What stands in the head and what names the sender within the call. Drawn once for a call.
    public struct Marks: Hashable, Sendable {
        /// 63 random bits.
        public let sessionID: UInt64
        /// Random; tells which streams are to be played in step.
        public let canonicalName: String

        /// - Parameters:
        ///   - sessionID: random; the highest bit is dropped.
        ///   - canonicalName: random letters and digits.
        public init(sessionID: UInt64, canonicalName: String) {
            (self.sessionID, self.canonicalName) = (sessionID & (.max >> 1), canonicalName)
        }
    }

    /// The text for an offer.
    /// - Parameters:
    ///   - made: the engine's offer.
    ///   - version: 1 for the first description of the call, then one more each.
    public static func offer(
        from made: SessionDescription, marks: Marks, version: Int
    ) throws(DescriptionError) -> OutgoingDescription {
        let names = made.media.indices.map(String.init)
        return try OutgoingDescription(
            made, answering: nil, names: names, setup: .either, marks: marks, version: version)
    }

    /// The text for an answer. Its media lines are those of the offer, with the offer's names and numbers.
    /// - Parameter setup: `active`, unless the DTLS connection of the call stands the other way round already.
    public static func answer(
        from made: SessionDescription, to offer: SessionDescription, setup: MediaLine.Setup = .active, marks: Marks,
        version: Int
    ) throws(DescriptionError) -> OutgoingDescription {
        guard made.media.count == offer.media.count else { throw .tooManyMediaLines(made.media.count) }
        let names = offer.media.enumerated().map { $1.mediaID ?? String($0) }
        return try OutgoingDescription(
            made, answering: offer, names: names, setup: setup, marks: marks, version: version)
    }

    private init(
        _ made: SessionDescription, answering offer: SessionDescription?, names: [String], setup: MediaLine.Setup,
        marks: Marks, version: Int
    ) throws(DescriptionError) {
        let writers = made.media.enumerated().map { index, line in
            MediaLineWriter(
                line: line, offered: offer.map { $0.media[index] }, mediaID: names[index], setup: setup,
                canonicalName: marks.canonicalName)
        }
        let bundled = writers.filter { !$0.isRejected }.map(\.mediaID)
        var lines = [
            "v=0", "o=- \(marks.sessionID) \(version) IN IP4 127.0.0.1", "s=-", "t=0 0",
            (["a=group:BUNDLE"] + bundled).joined(separator: " "), "a=extmap-allow-mixed",
            "a=msid-semantic: WMS \(Self.stream)",
        ]
        for writer in writers { lines += try writer.lines() }
        mediaIDs = names
        text = lines.map { $0 + "\r\n" }.joined()
    }

    /// The one stream that sound and picture belong to: a peer that thinks in streams shows a picture only then.
    static let stream = "shallot"
}
