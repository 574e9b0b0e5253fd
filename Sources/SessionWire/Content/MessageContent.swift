import SwiftProtobuf

/// What one message says, once it is decrypted.
/// - Source: identity-and-messages.md §2.2, §3.8, §4
public struct MessageContent: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case data(DataMessage)
        case messageRequestResponse(MessageRequestResponse)
        case unsend(UnsendRequest)
        /// The sent times (ms) of messages that were just read.
        case readReceipt([UInt64])
        /// - Parameter timestamp: the same as the message's, ms.
        case typing(isStarted: Bool, timestamp: UInt64)
        case dataExtraction(DataExtraction)
        case call(CallMessage)
        case sharedConfig(SharedConfigMessage)
        /// Nothing that we know, or a known message without a part it needs. To be dropped.
        case unknown
    }

    /// Longest content that is read; nothing longer fits into a swarm.
    public static let maximumSize = 76_800

    public var kind: Kind
    /// When the sender sent it, ms. Equal to the envelope's time; absent in messages of old clients.
    public var sentTimestamp: UInt64?
    /// When it goes away by itself; `nil` for never.
    public var expiration: Expiration?

    public init(kind: Kind, sentTimestamp: UInt64?, expiration: Expiration? = nil) {
        (self.kind, self.sentTimestamp, self.expiration) = (kind, sentTimestamp, expiration)
    }

    /// The serialized form, not yet padded.
    public func encoded() -> [UInt8] {
        // Without required fields serialization has nothing to complain about.
        (try? proto.serializedBytes()) ?? []
    }

    /// Reads a content. Fields and kinds that are not known here do no harm.
    /// - Throws: ``ContentError`` when the bytes are no content at all, or one that nobody sends.
    public static func decode(_ bytes: [UInt8]) throws(ContentError) -> MessageContent {
        guard bytes.count <= maximumSize else { throw .tooLong(bytes.count) }
        guard let proto = try? SessionProtos_Content(serializedBytes: bytes) else { throw .malformed }
        return MessageContent(
            kind: try Kind(proto), sentTimestamp: proto.hasSigTimestamp ? proto.sigTimestamp : nil,
            expiration: Expiration(proto))
    }

    private var proto: SessionProtos_Content {
        var proto = SessionProtos_Content()
        switch kind {
        case .data(let message): proto.dataMessage = message.proto
        case .messageRequestResponse(let response): proto.messageRequestResponse = response.proto
        case .unsend(let request): proto.unsendRequest = request.proto
        case .readReceipt(let timestamps):
            proto.receiptMessage.type = .read
            proto.receiptMessage.timestamp = timestamps
        case .typing(let isStarted, let timestamp):
            proto.typingMessage.timestamp = timestamp
            proto.typingMessage.action = isStarted ? .started : .stopped
        case .dataExtraction(let extraction): proto.dataExtractionNotification = extraction.proto
        case .call(let call): proto.callMessage = call.proto
        case .sharedConfig(let config): proto.sharedConfigMessage = config.proto
        case .unknown: break
        }
        switch kind {
        case .data, .call, .dataExtraction: Expiration.write(expiration, to: &proto)
        default: break
        }
        if let sentTimestamp { proto.sigTimestamp = sentTimestamp }
        return proto
    }
}

extension MessageContent.Kind {
    /// The one kind that is set. If several are, the order decides, which is that of session-ios.
    init(_ proto: SessionProtos_Content) throws(ContentError) {
        let data = proto.hasDataMessage ? try DataMessage(proto.dataMessage) : nil
        if proto.hasReceiptMessage, proto.receiptMessage.hasType, proto.receiptMessage.type == .read {
            self = .readReceipt(proto.receiptMessage.timestamp)
        } else if proto.hasTypingMessage, proto.typingMessage.hasTimestamp, proto.typingMessage.hasAction {
            let typing = proto.typingMessage
            self = .typing(isStarted: typing.action == .started, timestamp: typing.timestamp)
        } else if let data, data.groupUpdate != nil {
            self = .data(data)
        } else if proto.hasDataExtractionNotification,
            let extraction = DataExtraction(proto.dataExtractionNotification)
        {
            self = .dataExtraction(extraction)
        } else if let data, data.isExpirationTimerUpdate {
            // A change that does not say to what is none.
            self = proto.hasExpirationType || proto.hasExpirationTimer ? .data(data) : .unknown
        } else if proto.hasUnsendRequest, let unsend = UnsendRequest(proto.unsendRequest) {
            self = .unsend(unsend)
        } else if proto.hasMessageRequestResponse,
            let response = MessageRequestResponse(proto.messageRequestResponse)
        {
            self = .messageRequestResponse(response)
        } else if let data {
            self = .data(data)
        } else if proto.hasCallMessage, let call = CallMessage(proto.callMessage) {
            self = .call(call)
        } else if proto.hasSharedConfigMessage, let config = SharedConfigMessage(proto.sharedConfigMessage) {
            self = .sharedConfig(config)
        } else {
            self = .unknown
        }
    }
}

/// Why bytes are not the content of a message.
public enum ContentError: Error, Equatable, Sendable, CustomStringConvertible {
    case malformed
    case tooLong(Int)
    case tooManyAttachments(Int)

    public var description: String {
        switch self {
        case .malformed: "The content of the message cannot be read."
        case .tooLong(let count): "The content of the message is too long (\(count) bytes)."
        case .tooManyAttachments(let count): "The message has too many attachments (\(count))."
        }
    }
}
