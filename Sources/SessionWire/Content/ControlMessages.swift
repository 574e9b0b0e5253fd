import Foundation

/// The answer to a message request.
/// - Source: identity-and-messages.md §4.10
public struct MessageRequestResponse: Hashable, Sendable {
    public var isApproved: Bool
    public var profile: Profile?

    public init(isApproved: Bool, profile: Profile? = nil) { (self.isApproved, self.profile) = (isApproved, profile) }

    init?(_ proto: SessionProtos_MessageRequestResponse) {
        guard proto.hasIsApproved else { return nil }
        self.init(
            isApproved: proto.isApproved,
            profile: Profile(
                proto.hasProfile ? proto.profile : nil, key: proto.hasProfileKey ? proto.profileKey : nil))
    }

    var proto: SessionProtos_MessageRequestResponse {
        var proto = SessionProtos_MessageRequestResponse()
        proto.isApproved = isApproved
        if let profile {
            proto.profile = profile.proto
            if let key = profile.pictureKey { proto.profileKey = Data(key) }
        }
        return proto
    }
}

/// Asks others to delete a message.
/// - Source: identity-and-messages.md §4.7
public struct UnsendRequest: Hashable, Sendable {
    /// When the message was sent, ms.
    public var timestamp: UInt64
    public var author: AccountID

    public init(timestamp: UInt64, author: AccountID) { (self.timestamp, self.author) = (timestamp, author) }

    init?(_ proto: SessionProtos_UnsendRequest) {
        guard proto.hasTimestamp, let author = AccountID(proto.author) else { return nil }
        self.init(timestamp: proto.timestamp, author: author)
    }

    var proto: SessionProtos_UnsendRequest {
        var proto = SessionProtos_UnsendRequest()
        proto.timestamp = timestamp
        proto.author = author.description
        return proto
    }
}

/// Says that the sender kept something of the conversation.
/// - Source: identity-and-messages.md §4.9
public struct DataExtraction: Hashable, Sendable {
    public enum Kind: Sendable { case screenshot, mediaSaved }

    public var kind: Kind
    /// When the message with the attachment was sent, ms.
    public var timestamp: UInt64?

    public init(kind: Kind, timestamp: UInt64? = nil) { (self.kind, self.timestamp) = (kind, timestamp) }

    init?(_ proto: SessionProtos_DataExtractionNotification) {
        guard proto.hasType else { return nil }
        self.init(
            kind: proto.type == .screenshot ? .screenshot : .mediaSaved,
            timestamp: proto.hasTimestamp ? proto.timestamp : nil)
    }

    var proto: SessionProtos_DataExtractionNotification {
        var proto = SessionProtos_DataExtractionNotification()
        proto.type = kind == .screenshot ? .screenshot : .mediaSaved
        if let timestamp { proto.timestamp = timestamp }
        return proto
    }
}

/// One step of setting up or ending a call.
/// - Source: identity-and-messages.md §2.4, §4.15
public struct CallMessage: Hashable, Sendable {
    public enum Kind: Int, Sendable {
        case offer = 1, answer, provisionalAnswer, iceCandidates, endCall, preOffer
    }

    public var kind: Kind
    /// Session descriptions, or candidates.
    public var sdps: [String]
    /// To which media line each candidate belongs.
    public var sdpMLineIndexes: [UInt32]
    public var sdpMids: [String]
    /// Names the call.
    public var uuid: String

    public init(
        kind: Kind, sdps: [String] = [], sdpMLineIndexes: [UInt32] = [], sdpMids: [String] = [], uuid: String
    ) {
        (self.kind, self.sdps, self.sdpMLineIndexes, self.sdpMids) = (kind, sdps, sdpMLineIndexes, sdpMids)
        self.uuid = uuid
    }

    init?(_ proto: SessionProtos_CallMessage) {
        guard proto.hasType, proto.hasUuid, !proto.uuid.isEmpty, let kind = Kind(rawValue: proto.type.rawValue) else {
            return nil
        }
        self.init(
            kind: kind, sdps: proto.sdps, sdpMLineIndexes: proto.sdpMlineIndexes, sdpMids: proto.sdpMids,
            uuid: proto.uuid)
    }

    var proto: SessionProtos_CallMessage {
        var proto = SessionProtos_CallMessage()
        if let type = SessionProtos_CallMessage.TypeEnum(rawValue: kind.rawValue) { proto.type = type }
        proto.sdps = sdps
        proto.sdpMlineIndexes = sdpMLineIndexes
        proto.sdpMids = sdpMids
        proto.uuid = uuid
        return proto
    }
}

/// A piece of config inside a message; how user configs travel to one's other devices.
/// - Source: identity-and-messages.md §3.11
public struct SharedConfigMessage: Hashable, Sendable {
    public enum Kind: Int, Sendable { case userProfile = 1, contacts, conversationVolatile, userGroups }

    public var kind: Kind
    public var sequence: Int64
    /// Config ciphertext.
    public var data: [UInt8]

    public init(kind: Kind, sequence: Int64, data: [UInt8]) {
        (self.kind, self.sequence, self.data) = (kind, sequence, data)
    }

    init?(_ proto: SessionProtos_SharedConfigMessage) {
        guard proto.hasKind, proto.hasSeqno, proto.hasData, let kind = Kind(rawValue: proto.kind.rawValue) else {
            return nil
        }
        self.init(kind: kind, sequence: proto.seqno, data: [UInt8](proto.data))
    }

    var proto: SessionProtos_SharedConfigMessage {
        var proto = SessionProtos_SharedConfigMessage()
        if let kind = SessionProtos_SharedConfigMessage.Kind(rawValue: kind.rawValue) { proto.kind = kind }
        proto.seqno = sequence
        proto.data = Data(data)
        return proto
    }
}
