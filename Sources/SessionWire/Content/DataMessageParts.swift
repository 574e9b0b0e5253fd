/// Points to another message: the one somebody answers.
/// - Source: identity-and-messages.md §4.1
public struct Quote: Hashable, Sendable {
    /// When the quoted message was sent, ms.
    public var timestamp: UInt64
    public var author: AccountID

    public init(timestamp: UInt64, author: AccountID) { (self.timestamp, self.author) = (timestamp, author) }

    init?(_ proto: SessionProtos_Quote) {
        guard proto.hasID, proto.id > 0, let author = AccountID(proto.author) else { return nil }
        self.init(timestamp: proto.id, author: author)
    }

    var proto: SessionProtos_Quote {
        var proto = SessionProtos_Quote()
        proto.id = timestamp
        proto.author = author.description
        return proto
    }
}

/// One emoji put on a message, or taken away again.
/// - Source: identity-and-messages.md §4.2
public struct Reaction: Hashable, Sendable {
    /// When the message was sent that it is about, ms.
    public var timestamp: UInt64
    public var author: AccountID
    public var emoji: String
    /// `false` when it is taken away.
    public var isAdded: Bool

    /// Bytes that one emoji may have; the longest families stay well below.
    public static let emojiLimit = 100

    public init(timestamp: UInt64, author: AccountID, emoji: String, isAdded: Bool) {
        (self.timestamp, self.author, self.emoji, self.isAdded) = (timestamp, author, emoji, isAdded)
    }

    init?(_ proto: SessionProtos_Reaction) {
        guard
            proto.hasID, proto.hasAction, let author = AccountID(proto.author), !proto.emoji.isEmpty,
            proto.emoji.utf8.count <= Self.emojiLimit
        else { return nil }
        self.init(timestamp: proto.id, author: author, emoji: proto.emoji, isAdded: proto.action == .react)
    }

    var proto: SessionProtos_Reaction {
        var proto = SessionProtos_Reaction()
        proto.id = timestamp
        proto.author = author.description
        proto.emoji = emoji
        proto.action = isAdded ? .react : .remove
        return proto
    }
}

/// What the sender's client found behind a link in the message.
/// - Source: identity-and-messages.md §4.3
public struct LinkPreview: Hashable, Sendable {
    public var url: String
    public var title: String?
    public var image: AttachmentPointer?

    public init(url: String, title: String? = nil, image: AttachmentPointer? = nil) {
        (self.url, self.title, self.image) = (url, title, image)
    }

    init?(_ proto: SessionProtos_Preview) {
        guard proto.hasURL, !proto.url.isEmpty else { return nil }
        self.init(
            url: proto.url, title: proto.hasTitle ? proto.title : nil,
            image: proto.hasImage ? AttachmentPointer(proto.image) : nil)
    }

    var proto: SessionProtos_Preview {
        var proto = SessionProtos_Preview()
        proto.url = url
        if let title { proto.title = title }
        if let image { proto.image = image.proto }
        return proto
    }
}

/// Invites to a community.
/// - Source: identity-and-messages.md §4.14
public struct CommunityInvitation: Hashable, Sendable {
    /// The full address of the room, with its key.
    public var url: String
    public var name: String

    public init(url: String, name: String) { (self.url, self.name) = (url, name) }

    init?(_ proto: SessionProtos_OpenGroupInvitation) {
        guard proto.hasURL, proto.hasName, !proto.url.isEmpty else { return nil }
        self.init(url: proto.url, name: proto.name)
    }

    var proto: SessionProtos_OpenGroupInvitation {
        var proto = SessionProtos_OpenGroupInvitation()
        proto.url = url
        proto.name = name
        return proto
    }
}
