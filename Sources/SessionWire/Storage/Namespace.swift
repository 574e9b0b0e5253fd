/// A numbered shelf of an account in its swarm. Who may write and read there follows from the number.
/// - Source: network.md §4.15
public struct Namespace: RawRepresentable, Hashable, Sendable {
    public static let allowed = Int(Int16.min)...Int(Int16.max)

    public let rawValue: Int

    /// `nil` outside of 16 bits.
    public init?(rawValue: Int) {
        guard Self.allowed.contains(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    private init(_ rawValue: Int) { self.rawValue = rawValue }

    /// Direct messages, and copies for one's own devices.
    public static let messages = Namespace(0)
    public static let userProfile = Namespace(2)
    public static let contacts = Namespace(3)
    public static let conversationVolatile = Namespace(4)
    public static let userGroups = Namespace(5)
    public static let groupMessages = Namespace(11)
    public static let groupKeys = Namespace(12)
    public static let groupInfo = Namespace(13)
    public static let groupMembers = Namespace(14)
    /// What a group tells members it removed.
    public static let revokedGroupMessages = Namespace(-11)
    /// Groups of an older kind; readable and writable by all.
    public static let legacyGroup = Namespace(-10)

    /// Anybody may store here.
    public var isPublicInbox: Bool { rawValue % 10 == 0 }
    /// One message of the owner that anybody may read.
    public var isPublicOutbox: Bool { rawValue < 0 && -rawValue % 20 == 1 }
    /// Readable with a revoked token too.
    public var isUnrevocable: Bool { rawValue < 0 && -rawValue % 100 == 11 }

    public var needsSignatureToStore: Bool { !isPublicInbox }
    public var needsSignatureToRetrieve: Bool { !isPublicOutbox && self != .legacyGroup }

    /// The longest lifetime a server takes: 14 days in public inboxes, else 30.
    /// - Source: network.md §4.2
    public var maximumTTL: Duration { .seconds(86_400 * (isPublicInbox ? 14 : 30)) }
    public var maximumTTLMilliseconds: UInt64 { 86_400_000 * (isPublicInbox ? 14 : 30) }
    /// The shortest lifetime a server takes.
    public static let minimumTTLMilliseconds: UInt64 = 10_000

    /// How it stands in signed strings and hashes: nothing for 0.
    public var signedText: String { rawValue == 0 ? "" : String(rawValue) }
}

extension Namespace: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let namespace = Namespace(rawValue: try container.decode(Int.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a namespace")
        }
        self = namespace
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// One namespace, or all of an account's.
public enum NamespaceSelection: Hashable, Sendable {
    case one(Namespace)
    case all

    public var signedText: String {
        switch self {
        case .one(let namespace): namespace.signedText
        case .all: "all"
        }
    }

    /// How it stands in the parameters of a request; `nil` for 0, which is the default.
    var parameter: JSONValue? {
        switch self {
        case .one(.messages): nil
        case .one(let namespace): .int(Int64(namespace.rawValue))
        case .all: "all"
        }
    }
}
