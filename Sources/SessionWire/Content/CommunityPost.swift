import Foundation
import SwiftProtobuf

/// What a community server stores as a post: a padded content, readable by all.
/// - Source: identity-and-messages.md §3.1; libsession-util 1.6.3, by its test vectors
public enum CommunityPost {
    /// A post before its content is read.
    public struct Opened: Sendable, Equatable {
        /// Serialized content, without padding.
        public let content: [UInt8]
        /// The post came in an envelope, as no client sends it yet.
        public let hadEnvelope: Bool
        /// The signature of a sender with Session Pro.
        public let proSignature: [UInt8]?
    }

    /// The padded form of a serialized content.
    public static func encode(_ content: [UInt8]) -> [UInt8] { MessagePadding.pad(content) }

    /// Reads a post: an envelope if it is one, else a content by itself.
    public static func decode(_ post: [UInt8]) throws(ContentError) -> Opened {
        guard post.count <= MessageContent.maximumSize else { throw .tooLong(post.count) }
        if let envelope = try? SessionProtos_Envelope(serializedBytes: post), envelope.hasType, envelope.hasTimestamp {
            let content = MessagePadding.unpad([UInt8](envelope.content))
            guard (try? SessionProtos_Content(serializedBytes: content)) != nil else { throw .malformed }
            return Opened(
                content: content, hadEnvelope: true,
                proSignature: envelope.hasProSig ? [UInt8](envelope.proSig) : nil)
        }
        let content = MessagePadding.unpad(post)
        guard let proto = try? SessionProtos_Content(serializedBytes: content) else { throw .malformed }
        return Opened(
            content: content, hadEnvelope: false,
            proSignature: proto.hasProSigForCommunityMessageOnly ? [UInt8](proto.proSigForCommunityMessageOnly) : nil)
    }

    /// The content with the signature of a Session Pro key in it, padded. The signature covers the padded content.
    package static func encode(_ content: [UInt8], sign: ([UInt8]) -> [UInt8]) throws(ContentError) -> [UInt8] {
        guard var proto = try? SessionProtos_Content(serializedBytes: content) else { throw .malformed }
        proto.proSigForCommunityMessageOnly = Data(sign(MessagePadding.pad(content)))
        guard let signed: [UInt8] = try? proto.serializedBytes() else { throw .malformed }
        return MessagePadding.pad(signed)
    }

    /// What that signature covers: the padded content without it.
    package static func signedBytes(of content: [UInt8]) throws(ContentError) -> [UInt8] {
        guard var proto = try? SessionProtos_Content(serializedBytes: content) else { throw .malformed }
        proto.clearProSigForCommunityMessageOnly()
        guard let unsigned: [UInt8] = try? proto.serializedBytes() else { throw .malformed }
        return MessagePadding.pad(unsigned)
    }
}
