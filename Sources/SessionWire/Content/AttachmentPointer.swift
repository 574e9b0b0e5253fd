import Foundation

/// Where an attachment lies and how it is decrypted. Everything in it is what the sender says.
/// - Source: identity-and-messages.md §2.3, §4.4
public struct AttachmentPointer: Hashable, Sendable {
    public var url: String?
    /// 64 bytes in the old scheme, 32 in the deterministic one.
    public var key: [UInt8]?
    /// SHA-256 of the encrypted file; in the old scheme only.
    public var digest: [UInt8]?
    public var contentType: String?
    public var fileName: String?
    /// Bytes of the plain file; 0 if unknown.
    public var size: UInt32
    public var isVoiceMessage: Bool
    /// Pixels; 0 if unknown.
    public var width: UInt32
    public var height: UInt32
    public var caption: String?
    /// The number that old file servers gave; still written by all.
    public var legacyID: UInt64

    private static let voiceMessageFlag: UInt32 = 1

    public init(
        url: String? = nil, key: [UInt8]? = nil, digest: [UInt8]? = nil, contentType: String? = nil,
        fileName: String? = nil, size: UInt32 = 0, isVoiceMessage: Bool = false, width: UInt32 = 0, height: UInt32 = 0,
        caption: String? = nil, legacyID: UInt64 = 0
    ) {
        (self.url, self.key, self.digest, self.contentType, self.fileName) = (url, key, digest, contentType, fileName)
        (self.size, self.isVoiceMessage, self.width, self.height) = (size, isVoiceMessage, width, height)
        (self.caption, self.legacyID) = (caption, legacyID)
    }
}

extension AttachmentPointer {
    init(_ proto: SessionProtos_AttachmentPointer) {
        self.init(
            url: proto.hasURL ? proto.url : nil, key: proto.hasKey ? [UInt8](proto.key) : nil,
            digest: proto.hasDigest ? [UInt8](proto.digest) : nil,
            contentType: proto.hasContentType ? proto.contentType : nil,
            fileName: proto.hasFileName ? proto.fileName : nil, size: proto.size,
            isVoiceMessage: proto.flags & Self.voiceMessageFlag != 0, width: proto.width, height: proto.height,
            caption: proto.hasCaption ? proto.caption : nil, legacyID: proto.id)
    }

    var proto: SessionProtos_AttachmentPointer {
        var proto = SessionProtos_AttachmentPointer()
        proto.id = legacyID
        if let url { proto.url = url }
        if let key { proto.key = Data(key) }
        if let digest { proto.digest = Data(digest) }
        if let contentType { proto.contentType = contentType }
        if let fileName { proto.fileName = fileName }
        if size > 0 { proto.size = size }
        if isVoiceMessage { proto.flags = Self.voiceMessageFlag }
        if width > 0 { proto.width = width }
        if height > 0 { proto.height = height }
        if let caption { proto.caption = caption }
        return proto
    }
}
