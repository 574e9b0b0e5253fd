import SessionWire
import ShallotStore

/// What the conversation says about itself above its messages.
public nonisolated struct ConversationHeader: Hashable, Sendable {
    public var title: String
    /// Muted, or nothing.
    public var subtitle: String?
    public var avatar: AvatarLook
    public var isNoteToSelf: Bool
    public var isRequest: Bool
    public var isBlocked: Bool
    public var isPinned: Bool
    public var isMuted: Bool
    public var unreadCount: Int
    /// Both sides accepted each other, so that they can call each other.
    public var canBeCalled = false
    /// For a group or community: what it is, and why it cannot be opened.
    public var membership: MembershipWords?
}
