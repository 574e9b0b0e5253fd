public import BaseKit

/// A message in a group, from content to what the group's swarm stores and back: the content stands open in the envelope,
/// and the group's encryption is around both.
/// - Source: identity-and-messages.md §3.1
public enum GroupMessage {
    /// Bytes that a swarm stores as one message.
    public static let maximumSize = 76_800

    /// A message before its content is read.
    public struct Opened: Sendable, Equatable {
        public let sender: AccountID
        public let envelope: Envelope
        /// Serialized content.
        public let content: [UInt8]
        /// Which of the group's keys opened it.
        public let keyIndex: Int
    }

    /// Seals a serialized content for the members of `group`. Draws 32 and 24 bytes.
    /// - Parameter key: the group's newest key, 32 bytes.
    public static func seal(
        _ content: [UInt8], timestamp: UInt64, from keys: AccountKeys, group: GroupID, key: [UInt8],
        random: any RandomSource
    ) throws(EncryptionError) -> [UInt8] {
        let envelope = Envelope(
            kind: .group, timestamp: timestamp, content: content,
            proSignature: DecoySignature.make(over: content, random: random))
        let sealed = try GroupEncryption.encrypt(
            envelope.encoded(), from: keys, group: group, key: key, random: random)
        guard sealed.count <= maximumSize else { throw .tooLong }
        return sealed
    }

    /// Opens a stored item of `group`.
    /// - Parameter keys: the group's keys, newest first.
    public static func open(_ stored: [UInt8], group: GroupID, keys: [[UInt8]]) throws(EncryptionError) -> Opened {
        guard stored.count <= maximumSize else { throw .tooLong }
        let opened = try GroupEncryption.decrypt(stored, group: group, keys: keys)
        let envelope: Envelope
        do { envelope = try Envelope.decode(opened.plaintext) } catch { throw .unknownForm }
        return Opened(
            sender: opened.sender, envelope: envelope, content: envelope.content, keyIndex: opened.keyIndex)
    }
}
