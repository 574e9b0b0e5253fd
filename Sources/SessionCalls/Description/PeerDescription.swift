/// A description from the other side that can be worked with.
/// - Source: calls.md §7.2
public struct PeerDescription: Hashable, Sendable {
    public let description: SessionDescription
    /// The certificate of the call: one for all media lines.
    public let fingerprint: Fingerprint
    public let credentials: ICECredentials

    /// Reads what a peer sent, tolerant where it does no harm.
    /// - Throws: ``DescriptionError`` for what is no description, or one that would cost safety.
    public init(_ text: String) throws(DescriptionError) {
        let description = try SessionDescription(text)
        let wanted = description.media.filter { !$0.isRejected }
        guard wanted.contains(where: { $0.kind == .audio || $0.kind == .video }) else { throw .noMedia }
        for line in wanted {
            guard Self.transports.contains(line.transport), line.section.attribute("crypto") == nil else {
                throw .unprotectedMedia(line.transport)
            }
            guard let fingerprint = line.fingerprint else { throw .noFingerprint }
            guard fingerprint.isStrong else { throw .weakFingerprint(fingerprint.algorithm) }
            guard line.credentials != nil else { throw .noICECredentials }
        }
        guard let fingerprint = wanted.first?.fingerprint else { throw .noFingerprint }
        guard let credentials = wanted.first?.credentials else { throw .noICECredentials }
        // With one transport for all there is one certificate.
        guard wanted.allSatisfy({ $0.fingerprint == fingerprint }) else { throw .fingerprintChanged }
        self.description = description
        self.fingerprint = fingerprint
        self.credentials = credentials
    }

    /// Transports that are under DTLS.
    private static let transports: Set<String> = [
        "UDP/TLS/RTP/SAVPF", "TCP/TLS/RTP/SAVPF", "UDP/TLS/RTP/SAVP", "RTP/SAVPF", "UDP/DTLS/SCTP", "TCP/DTLS/SCTP",
        "DTLS/SCTP",
    ]

    /// Payload for our sound, if the peer takes Opus.
    public var opus: PayloadFormat? { description.first(.audio)?.payload(named: ["opus"]) }

    /// Payload for our picture: the first of the peer's that we have.
    public func video(_ ours: [String]) -> PayloadFormat? { description.first(.video)?.payload(named: ours) }

    /// The payload that repeats lost packets of `payload`.
    public func repetition(of payload: PayloadFormat) -> PayloadFormat? {
        description.first(.video)?.payloads.first { $0.repeatedPayload == payload.number }
    }
}
