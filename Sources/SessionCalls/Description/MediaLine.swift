/// One media line of a description with what hangs on it.
/// - Source: RFC 8866 §5.14; calls.md §7
public struct MediaLine: Hashable, Sendable {
    public enum Kind: String, Sendable { case audio, video, application, other }

    public enum Direction: String, Sendable {
        case both = "sendrecv"
        case sendOnly = "sendonly"
        case receiveOnly = "recvonly"
        case none = "inactive"
    }

    /// Who opens the DTLS connection.
    /// - Source: RFC 8842 §4
    public enum Setup: String, Sendable { case active, passive, either = "actpass" }

    public let section: DescriptionSection
    public let kind: Kind
    public let port: UInt16
    /// For example `UDP/TLS/RTP/SAVPF`.
    public let transport: String
    /// Payload numbers, or the name of what runs over SCTP.
    public let formats: [String]
    public let mediaID: String?
    public let direction: Direction
    public let payloads: [PayloadFormat]
    public let credentials: ICECredentials?
    public let fingerprint: Fingerprint?
    public let setup: Setup?

    /// `m=<kind> <port> <transport> <formats…>` and its attributes; what is missing is taken from the head.
    init?(_ section: DescriptionSection, session: DescriptionSection) {
        guard let fields = section.lines.first?.dropFirst(2).split(separator: " "), fields.count >= 4,
            let portText = fields[1].split(separator: "/").first, let port = UInt16(portText)
        else { return nil }
        let mediaID = section.attribute("mid")
        guard mediaID.map(Self.isMediaID) ?? true else { return nil }
        func value(_ name: String) -> String? { section.attribute(name) ?? session.attribute(name) }
        self.section = section
        kind = Kind(rawValue: String(fields[0])) ?? .other
        self.port = port
        transport = String(fields[2])
        formats = fields.dropFirst(3).map(String.init)
        self.mediaID = mediaID
        let directions: [Direction] = [.both, .sendOnly, .receiveOnly, .none]
        direction =
            directions.first { section.attribute($0.rawValue) != nil }
            ?? directions.first { session.attribute($0.rawValue) != nil } ?? .both
        payloads = PayloadFormat.all(in: section, numbers: formats)
        credentials = ICECredentials(fragment: value("ice-ufrag"), password: value("ice-pwd"))
        fingerprint = value("fingerprint").flatMap(Fingerprint.init)
        setup = value("setup").flatMap(Setup.init)
    }

    /// Port 0 means "not wanted", unless it only says "together with the others".
    /// - Source: RFC 9143 §6
    public var isRejected: Bool { port == 0 && section.attribute("bundle-only") == nil }

    /// The first payload with one of the names that we understand, in the order of the media line, which is that of
    /// preference.
    public func payload(named names: [String]) -> PayloadFormat? {
        payloads.first { names.contains($0.name) && $0.isUnderstood }
    }

    /// Header extensions with numbers that fit into one byte, each number once.
    /// - Source: RFC 8285 §4.2, §7
    public var headerExtensions: [(number: Int, name: String)] {
        var found: [(number: Int, name: String)] = []
        for text in section.attributes("extmap") {
            let fields = text.split(separator: " ")
            guard fields.count >= 2, let number = Int(fields[0]), (1...14).contains(number),
                !found.contains(where: { $0.number == number || $0.name == fields[1] })
            else { continue }
            found.append((number, String(fields[1])))
        }
        return found
    }

    /// A token that can stand in a line without changing its meaning.
    private static func isMediaID(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= SessionDescription.maximumMediaID
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
    }
}

/// What ICE checks are signed with.
/// - Source: RFC 8839 §5.4
public struct ICECredentials: Hashable, Sendable {
    public let fragment: String
    public let password: String

    /// `nil` when one is missing or has a length that no agent makes (4–256 and 22–256 characters).
    init?(fragment: String?, password: String?) {
        guard let fragment, let password, (4...256).contains(fragment.utf8.count),
            (22...256).contains(password.utf8.count),
            (fragment + password).utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
        else { return nil }
        (self.fragment, self.password) = (fragment, password)
    }
}

/// The hash of the certificate that the DTLS connection must show.
/// - Source: RFC 8122 §5
public struct Fingerprint: Hashable, Sendable {
    /// In lower case, for example `sha-256`.
    public let algorithm: String
    public let digest: [UInt8]

    /// Bytes of each hash that is strong enough.
    static let sizes = ["sha-256": 32, "sha-384": 48, "sha-512": 64]

    init?(_ text: String) {
        let fields = text.split(separator: " ")
        guard fields.count == 2 else { return nil }
        let pairs = fields[1].split(separator: ":", omittingEmptySubsequences: false)
        let digest = pairs.compactMap { $0.utf8.count == 2 ? UInt8($0, radix: 16) : nil }
        guard digest.count == pairs.count, digest.count <= 64 else { return nil }
        algorithm = fields[0].lowercased()
        self.digest = digest
    }

    public var isStrong: Bool { Self.sizes[algorithm] == digest.count }

    /// The value of the attribute.
    public var text: String {
        let digits = Array("0123456789ABCDEF")
        let pairs = digest.map { String([digits[Int($0 >> 4)], digits[Int($0 & 15)]]) }
        return "\(algorithm) \(pairs.joined(separator: ":"))"
    }
}
