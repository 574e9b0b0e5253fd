/// One way to reach a side of a call, as it travels in a call message.
/// - Source: calls.md §6.3; RFC 8839 §5.1
public struct ICECandidate: Hashable, Sendable {
    public enum Kind: String, Sendable {
        case host
        case serverReflexive = "srflx"
        case peerReflexive = "prflx"
        case relay
    }

    /// Longest text that is read.
    public static let maximumLength = 1_024

    /// `candidate:…`, without `a=` and without a line end.
    public let text: String
    public let mediaID: String
    public let mediaIndex: UInt32
    public let kind: Kind
    public let isUDP: Bool
    /// An IP address, or a name that ends in `.local`.
    public let address: String
    public let port: UInt16
    /// The ICE generation it belongs to, when it says so.
    public let usernameFragment: String?

    /// - Returns: `nil` when the text is no candidate.
    public init?(_ text: String, mediaID: String, mediaIndex: UInt32) {
        guard text.utf8.count <= Self.maximumLength, mediaID.utf8.count <= SessionDescription.maximumMediaID,
            mediaIndex < UInt32(SessionDescription.maximumMediaLines),
            text.unicodeScalars.allSatisfy({ $0.isASCII && $0.value >= 0x20 && $0.value < 0x7f })
        else { return nil }
        var bare = text[...]
        if bare.hasPrefix("a=") { bare = bare.dropFirst(2) }
        guard bare.hasPrefix("candidate:") else { return nil }
        let fields = bare.dropFirst("candidate:".count).split(separator: " ")
        guard fields.count >= 8, UInt16(fields[1]) != nil, UInt32(fields[3]) != nil, let port = UInt16(fields[5]),
            fields[6] == "typ", let kind = Kind(rawValue: String(fields[7]))
        else { return nil }
        self.text = String(bare)
        self.mediaID = mediaID
        self.mediaIndex = mediaIndex
        self.kind = kind
        isUDP = fields[2].lowercased() == "udp"
        address = String(fields[4])
        self.port = port
        usernameFragment = Self.extension("ufrag", in: fields.dropFirst(8))
    }

    /// Whether the address is one of the names under which browsers hide their own.
    /// - Source: RFC 8828; calls.md §6.3
    public var isHiddenName: Bool { address.lowercased().hasSuffix(".local") }

    /// Whether the agent can do something with it, within the ICE generation `generation` of its sender.
    public func isUsable(in generation: String?) -> Bool {
        guard isUDP, !isHiddenName else { return false }
        guard let usernameFragment, let generation else { return true }
        return usernameFragment == generation
    }

    /// The same candidate under the names that the peer knows, and without what it must not know: a relayed address
    /// carries the sender's own in `raddr`.
    public func sent(as mediaID: String, at mediaIndex: UInt32) -> ICECandidate? {
        var fields = text.split(separator: " ").map(String.init)
        if kind == .relay {
            for (index, name) in fields.enumerated() where index + 1 < fields.count {
                if name == "raddr" { fields[index + 1] = address.contains(":") ? "::" : "0.0.0.0" }
                if name == "rport" { fields[index + 1] = "0" }
            }
        }
        return ICECandidate(fields.joined(separator: " "), mediaID: mediaID, mediaIndex: mediaIndex)
    }

    private static func `extension`(_ name: String, in fields: some Collection<Substring>) -> String? {
        var isNext = false
        for (index, field) in fields.enumerated() {
            if isNext { return String(field) }
            isNext = index.isMultiple(of: 2) && field == name
        }
        return nil
    }
}

/// Which candidates may leave this machine.
/// - Source: calls.md §6.2
public enum CandidatePolicy: String, Hashable, Sendable, Codable {
    /// Direct (peer to peer): the peer learns our addresses.
    case all
    /// Relay only: the peer learns nothing but the relay's address.
    case relayOnly

    public func allows(_ candidate: ICECandidate) -> Bool {
        candidate.isUDP && (self == .all || candidate.kind == .relay)
    }
}
