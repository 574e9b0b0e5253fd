public import BaseKit
import SodiumKit

/// A message between two people, all the way from content to what a swarm stores and back.
/// - Source: identity-and-messages.md §3.1 to §3.8
public enum DirectMessage {
    /// Bytes that a swarm stores as one message.
    public static let maximumSize = 76_800
    /// What items of later protocol versions begin with.
    private static let protocolV2Marker: UInt8 = 0x00

    /// A message of which the sender is certain.
    public struct Decoded: Sendable, Equatable {
        public let sender: AccountID
        /// When the sender sent it, ms.
        public let timestamp: UInt64
        public let content: MessageContent
        /// The content as it was serialized, with what is not known here.
        public let serialized: [UInt8]
    }

    /// A message before its content is read.
    public struct Opened: Sendable, Equatable {
        public let sender: AccountID
        public let senderEd25519: [UInt8]
        public let envelope: Envelope
        /// Serialized content, without padding.
        public let content: [UInt8]
    }

    /// The bytes for namespace 0 of the recipient's swarm. Draws 32 bytes twice.
    /// - Throws: ``DirectMessageError/noTimestamp`` if the content says no sent time.
    public static func encode(
        _ content: MessageContent, from keys: AccountKeys, to recipient: AccountID, random: any RandomSource
    ) throws(DirectMessageError) -> [UInt8] {
        guard let timestamp = content.sentTimestamp, timestamp > 0 else { throw .noTimestamp }
        return try seal(content.encoded(), timestamp: timestamp, from: keys, to: recipient, random: random)
    }

    /// Reads what was stored in our own namespace 0. An error means that the item will never be readable.
    public static func decode(_ stored: [UInt8], keys: AccountKeys) throws(DirectMessageError) -> Decoded {
        let opened = try open(stored, keys: keys)
        let content: MessageContent
        do { content = try MessageContent.decode(opened.content) } catch { throw .malformed(.content) }
        // Nothing but this binds the envelope's time to what the sender signed.
        if let sent = content.sentTimestamp, sent > 0, sent != opened.envelope.timestamp { throw .timestampMismatch }
        return Decoded(
            sender: opened.sender, timestamp: opened.envelope.timestamp, content: content, serialized: opened.content)
    }

    /// Seals a serialized content.
    package static func seal(
        _ content: [UInt8], timestamp: UInt64, from keys: AccountKeys, to recipient: AccountID,
        random: any RandomSource
    ) throws(DirectMessageError) -> [UInt8] {
        let sealed: [UInt8]
        do {
            sealed = try SessionEncryption.encrypt(
                MessagePadding.pad(content), from: keys, to: recipient, random: random)
        } catch { throw .unusableRecipient }
        let envelope = Envelope(
            kind: .direct, timestamp: timestamp, content: sealed,
            proSignature: DecoySignature.make(over: sealed, random: random))
        let stored = WebSocketMessage.wrap(envelope.encoded())
        guard stored.count <= maximumSize else { throw .tooLong(stored.count) }
        return stored
    }

    /// Opens a stored item up to its serialized content.
    package static func open(_ stored: [UInt8], keys: AccountKeys) throws(DirectMessageError) -> Opened {
        guard stored.count <= maximumSize else { throw .tooLong(stored.count) }
        guard stored.first != protocolV2Marker else { throw .protocolV2 }
        let envelope: Envelope
        do {
            envelope = try Envelope.decode(WebSocketMessage.unwrap(stored))
        } catch { throw .malformed(.envelope(error)) }
        let opened: SessionEncryption.Opened
        do {
            opened = try SessionEncryption.decrypt(envelope.content, keys: keys)
        } catch {
            switch error {
            case .badSignature, .badSender: throw .badSignature
            default: throw .undecryptable
            }
        }
        var content = opened.plaintext
        content.removeLast(content.count - MessagePadding.unpaddedCount(content))
        return Opened(sender: opened.sender, senderEd25519: opened.senderEd25519, envelope: envelope, content: content)
    }
}
