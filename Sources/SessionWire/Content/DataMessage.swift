import Foundation
import SwiftProtobuf

/// A message that people see, or a change that is told in the place of one.
/// - Source: identity-and-messages.md §2.3, §3.8
public struct DataMessage: Hashable, Sendable {
    /// Attachments that one message may have.
    public static let attachmentLimit = 32
    private static let expirationTimerUpdateFlag: UInt32 = 2

    /// As it was sent. What is shown is ``displayBody``.
    public var body: String?
    /// The sender's, for others to see.
    public var profile: Profile?
    /// In a copy for the sender's other devices: which conversation it belongs to.
    public var syncTarget: String?
    /// The message says that the sender's disappearing-message setting changed.
    public var isExpirationTimerUpdate: Bool
    public var reaction: Reaction?
    public var quote: Quote?
    public var attachments: [AttachmentPointer]
    public var preview: LinkPreview?
    public var communityInvitation: CommunityInvitation?
    /// A serialized group update, for the part that knows groups.
    public var groupUpdate: [UInt8]?

    public init(
        body: String? = nil, profile: Profile? = nil, syncTarget: String? = nil, isExpirationTimerUpdate: Bool = false,
        reaction: Reaction? = nil, quote: Quote? = nil, attachments: [AttachmentPointer] = [],
        preview: LinkPreview? = nil, communityInvitation: CommunityInvitation? = nil, groupUpdate: [UInt8]? = nil
    ) {
        (self.body, self.profile, self.syncTarget) = (body, profile, syncTarget)
        self.isExpirationTimerUpdate = isExpirationTimerUpdate
        (self.reaction, self.quote, self.attachments, self.preview) = (reaction, quote, attachments, preview)
        (self.communityInvitation, self.groupUpdate) = (communityInvitation, groupUpdate)
    }

    /// The body as it is kept and shown; `nil` when nothing but white space is left.
    public var displayBody: String? {
        guard let body else { return nil }
        let cleaned = TextLimits.cleaned(body)
        return cleaned.unicodeScalars.allSatisfy(\.properties.isWhitespace) ? nil : cleaned
    }

    /// Whether there is anything to show. A message without is dropped.
    public var isVisible: Bool {
        isExpirationTimerUpdate || displayBody != nil || !attachments.isEmpty || quote != nil || preview != nil
            || communityInvitation != nil || reaction != nil
    }
}

extension DataMessage {
    init(_ proto: SessionProtos_DataMessage) throws(ContentError) {
        guard proto.attachments.count <= Self.attachmentLimit else {
            throw .tooManyAttachments(proto.attachments.count)
        }
        self.init(
            body: proto.hasBody ? proto.body : nil,
            profile: Profile(
                proto.hasProfile ? proto.profile : nil, key: proto.hasProfileKey ? proto.profileKey : nil),
            syncTarget: proto.hasSyncTarget ? proto.syncTarget : nil,
            isExpirationTimerUpdate: proto.flags & Self.expirationTimerUpdateFlag != 0,
            reaction: proto.hasReaction ? Reaction(proto.reaction) : nil,
            quote: proto.hasQuote ? Quote(proto.quote) : nil,
            attachments: proto.attachments.map { AttachmentPointer($0) },
            preview: proto.preview.first.flatMap { LinkPreview($0) },
            communityInvitation: proto.hasOpenGroupInvitation ? CommunityInvitation(proto.openGroupInvitation) : nil,
            groupUpdate: proto.hasGroupUpdateMessage ? try? proto.groupUpdateMessage.serializedBytes() : nil)
    }

    var proto: SessionProtos_DataMessage {
        var proto = SessionProtos_DataMessage()
        if let body { proto.body = body }
        proto.attachments = attachments.map(\.proto)
        if isExpirationTimerUpdate { proto.flags = Self.expirationTimerUpdateFlag }
        if let profile {
            proto.profile = profile.proto
            if let key = profile.pictureKey { proto.profileKey = Data(key) }
        }
        if let quote { proto.quote = quote.proto }
        if let preview { proto.preview = [preview.proto] }
        if let reaction { proto.reaction = reaction.proto }
        if let communityInvitation { proto.openGroupInvitation = communityInvitation.proto }
        if let syncTarget { proto.syncTarget = syncTarget }
        if let groupUpdate, let update = try? SessionProtos_GroupUpdateMessage(serializedBytes: groupUpdate) {
            proto.groupUpdateMessage = update
        }
        return proto
    }
}
