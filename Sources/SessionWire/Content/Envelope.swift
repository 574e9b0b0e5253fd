import Foundation
import SwiftProtobuf

/// What surrounds the content of a message: when it was sent, and a signature that is there even when it proves nothing.
/// - Source: identity-and-messages.md §2.1, §3.4, §3.8
public struct Envelope: Hashable, Sendable {
    public enum Kind: Int, Sendable { case direct = 6, group = 7 }

    public static let proSignatureSize = 64
    /// The sender's device; all say the same.
    private static let device: UInt32 = 1

    public var kind: Kind
    /// When the message was sent, ms.
    public var timestamp: UInt64
    /// Ciphertext of a direct message, plain content in a group.
    public var content: [UInt8]
    /// 64 bytes. Made with a key thrown away at once unless the sender has Session Pro, so that nobody stands out.
    public var proSignature: [UInt8]?
    /// The sender's id in messages of old clients; proves nothing.
    public var source: String?
    /// Whether the sender's device is named.
    public var namesDevice: Bool

    public init(
        kind: Kind, timestamp: UInt64, content: [UInt8], proSignature: [UInt8]? = nil, source: String? = nil,
        namesDevice: Bool = true
    ) {
        (self.kind, self.timestamp, self.content) = (kind, timestamp, content)
        (self.proSignature, self.source, self.namesDevice) = (proSignature, source, namesDevice)
    }

    public func encoded() -> [UInt8] {
        var proto = SessionProtos_Envelope()
        proto.type = kind == .direct ? .sessionMessage : .closedGroupMessage
        if let source { proto.source = source }
        proto.timestamp = timestamp
        if namesDevice { proto.sourceDevice = Self.device }
        proto.content = Data(content)
        if let proSignature { proto.proSig = Data(proSignature) }
        // Without required fields serialization has nothing to complain about.
        return (try? proto.serializedBytes()) ?? []
    }

    /// Reads an envelope. Its type is not looked at: where it was found tells what it is.
    public static func decode(_ bytes: [UInt8]) throws(EnvelopeError) -> Envelope {
        guard let proto = try? SessionProtos_Envelope(serializedBytes: bytes) else { throw .malformed }
        let source = proto.hasSource ? proto.source : nil
        guard source == nil || source?.isEmpty == true || source?.utf8.count == AccountID.textLength else {
            throw .badSource
        }
        guard proto.hasContent, !proto.content.isEmpty else { throw .noContent }
        guard !proto.hasProSig || proto.proSig.count == proSignatureSize else { throw .badProSignature }
        guard proto.timestamp > 0 else { throw .noTimestamp }
        return Envelope(
            kind: proto.hasType && proto.type == .closedGroupMessage ? .group : .direct, timestamp: proto.timestamp,
            content: [UInt8](proto.content), proSignature: proto.hasProSig ? [UInt8](proto.proSig) : nil,
            source: source, namesDevice: proto.hasSourceDevice)
    }
}

/// The request around an envelope, a remainder of older transports.
/// - Source: identity-and-messages.md §2.1, §3.5
public enum WebSocketMessage {
    public static func wrap(_ envelope: [UInt8]) -> [UInt8] {
        var proto = SessionProtos_WebSocketMessage()
        proto.type = .request
        proto.request.verb = ""
        proto.request.path = ""
        proto.request.body = Data(envelope)
        proto.request.requestID = 0
        // Without required fields serialization has nothing to complain about.
        return (try? proto.serializedBytes()) ?? []
    }

    /// The envelope's bytes.
    public static func unwrap(_ bytes: [UInt8]) throws(EnvelopeError) -> [UInt8] {
        guard let proto = try? SessionProtos_WebSocketMessage(serializedBytes: bytes) else { throw .notAMessage }
        guard proto.hasRequest, proto.request.hasBody else { throw .noBody }
        return [UInt8](proto.request.body)
    }
}

/// Why bytes are not an envelope that we take.
public enum EnvelopeError: Error, Equatable, Sendable, CustomStringConvertible {
    case notAMessage
    case noBody
    case malformed
    case badSource
    case noContent
    case badProSignature
    case noTimestamp

    public var description: String {
        switch self {
        case .notAMessage: "The stored item is not a message."
        case .noBody: "The stored message has no body."
        case .malformed: "The envelope cannot be read."
        case .badSource: "The envelope names an impossible sender."
        case .noContent: "The envelope is empty."
        case .badProSignature: "The envelope's signature has a wrong length."
        case .noTimestamp: "The envelope has no time."
        }
    }
}
