import BaseKit
import Foundation
import SessionWire
import ShallotTestSupport
import SwiftProtobuf
import Testing

@Suite struct MessageContentTests {
    private static let author = AccountID(publicKey: [UInt8](repeating: 0x42, count: 32))
    private static let key = [UInt8](repeating: 7, count: 32)

    private static var kinds: [MessageContent.Kind] {
        guard let author else { return [] }
        let profile = Profile(displayName: "Ana", pictureURL: "http://f/1", pictureKey: key, updatedSeconds: 9)
        let image = AttachmentPointer(
            url: "http://f/2", key: key, digest: key, contentType: "image/png", fileName: "a.png", size: 3,
            isVoiceMessage: true, width: 4, height: 5, caption: "c", legacyID: 6)
        let full = DataMessage(
            body: "hi", profile: profile, syncTarget: author.description, isExpirationTimerUpdate: false,
            reaction: Reaction(timestamp: 1, author: author, emoji: "😂", isAdded: false),
            quote: Quote(timestamp: 2, author: author), attachments: [image, AttachmentPointer()],
            preview: LinkPreview(url: "https://a", title: "t", image: image),
            communityInvitation: CommunityInvitation(url: "https://c/r", name: "r"))
        return [
            .data(full), .data(DataMessage()), .data(DataMessage(groupUpdate: [0x2a, 0x00])),
            .messageRequestResponse(MessageRequestResponse(isApproved: true, profile: profile)),
            .messageRequestResponse(MessageRequestResponse(isApproved: false)),
            .unsend(UnsendRequest(timestamp: 3, author: author)), .readReceipt([1, 2, 3]), .readReceipt([]),
            .typing(isStarted: true, timestamp: 4), .typing(isStarted: false, timestamp: 4),
            .dataExtraction(DataExtraction(kind: .mediaSaved, timestamp: 5)),
            .dataExtraction(DataExtraction(kind: .screenshot)),
            .call(
                CallMessage(
                    kind: .iceCandidates, sdps: ["a", "b"], sdpMLineIndexes: [0, 1], sdpMids: ["0", "1"], uuid: "u")),
            .sharedConfig(SharedConfigMessage(kind: .contacts, sequence: -1, data: [1, 2])), .unknown,
        ]
    }

    @Test(arguments: kinds)
    func `every kind comes back as it was`(kind: MessageContent.Kind) throws {
        for sent in [nil, 1_775_000_000_000] as [UInt64?] {
            let content = MessageContent(kind: kind, sentTimestamp: sent)
            #expect(try MessageContent.decode(content.encoded()) == content)
        }
    }

    @Test(arguments: kinds)
    func `only what can expire says so`(kind: MessageContent.Kind) throws {
        let expiration = Expiration(mode: .afterSend, seconds: 60)
        let content = MessageContent(kind: kind, sentTimestamp: 1, expiration: expiration)
        let canExpire =
            switch kind {
            case .data, .call, .dataExtraction: true
            default: false
            }
        #expect(try MessageContent.decode(content.encoded()).expiration == (canExpire ? expiration : nil))
    }

    @Test func `an expiration without mode or time is off`() throws {
        var proto = SessionProtos_Content()
        proto.dataMessage.body = "x"
        proto.expirationTimer = 60
        #expect(try decode(proto).expiration == nil)
        proto.expirationType = .deleteAfterRead
        #expect(try decode(proto).expiration == Expiration(mode: .afterRead, seconds: 60))
        proto.expirationTimer = 0
        #expect(try decode(proto).expiration == nil)
    }

    @Test func `a change of the timer says to what`() throws {
        var proto = SessionProtos_Content()
        proto.dataMessage.flags = 2
        #expect(try decode(proto).kind == .unknown)
        proto.expirationTimer = 0
        #expect(try decode(proto).kind == .data(DataMessage(isExpirationTimerUpdate: true)))
    }

    @Test func `parts without what they need are dropped`() throws {
        var proto = SessionProtos_Content()
        proto.dataMessage.quote.author = "somebody"
        proto.dataMessage.quote.id = 1
        proto.dataMessage.reaction.emoji = "😂"
        proto.dataMessage.preview = [SessionProtos_Preview()]
        proto.dataMessage.openGroupInvitation.name = "r"
        proto.dataMessage.profile.displayName = " \n"
        proto.dataMessage.profile.profilePicture = "http://f/1"
        proto.dataMessage.profileKey = Data([1, 2, 3])
        #expect(try decode(proto).kind == .data(DataMessage(profile: Profile())))

        var unsend = SessionProtos_Content()
        unsend.unsendRequest.timestamp = 1
        unsend.unsendRequest.author = "05"
        #expect(try decode(unsend).kind == .unknown)
        var receipt = SessionProtos_Content()
        receipt.receiptMessage.type = .delivery
        #expect(try decode(receipt).kind == .unknown)
    }

    @Test func `at most 32 attachments are taken`() throws {
        var proto = SessionProtos_Content()
        proto.dataMessage.attachments = Array(repeating: SessionProtos_AttachmentPointer(), count: 32)
        #expect(throws: Never.self) { try decode(proto) }
        proto.dataMessage.attachments.append(SessionProtos_AttachmentPointer())
        #expect(throws: ContentError.tooManyAttachments(33)) { try decode(proto) }
    }

    @Test func `unknown values of an enumeration read as absent`() throws {
        // callMessage { type: 99, uuid: "u" }, then typingMessage { timestamp: 1, action: 7 }
        #expect(try MessageContent.decode([0x1a, 0x05, 0x08, 99, 0x2a, 0x01, 0x75]).kind == .unknown)
        #expect(try MessageContent.decode([0x32, 0x04, 0x08, 0x01, 0x10, 7]).kind == .unknown)
    }

    @Test func `the order decides when several kinds are set`() throws {
        var proto = SessionProtos_Content()
        proto.dataMessage.body = "x"
        proto.callMessage.type = .endCall
        proto.callMessage.uuid = "u"
        #expect(try decode(proto).kind == .data(DataMessage(body: "x")))
        proto.typingMessage.timestamp = 1
        proto.typingMessage.action = .stopped
        #expect(try decode(proto).kind == .typing(isStarted: false, timestamp: 1))
    }

    @Test(arguments: kinds)
    func `broken content never crashes`(kind: MessageContent.Kind) {
        let bytes = MessageContent(kind: kind, sentTimestamp: 1).encoded()
        for broken in BrokenInput.truncations(of: bytes) + BrokenInput.bitFlips(of: bytes) {
            _ = try? MessageContent.decode(broken)
        }
    }

    @Test func `noise and oversized input are refused or harmless`() {
        for noise in BrokenInput.noise(seed: 3) { _ = try? MessageContent.decode(noise) }
        #expect(throws: ContentError.tooLong(76_801)) {
            try MessageContent.decode([UInt8](repeating: 0, count: 76_801))
        }
        #expect(throws: ContentError.malformed) { try MessageContent.decode([0x0a, 0xff]) }
        // A message nested far deeper than any that is sent.
        var nested: [UInt8] = []
        for _ in 0..<500 { nested = [0x42, UInt8(nested.count & 0x7f)] + nested }
        _ = try? MessageContent.decode(nested)
    }

    @Test(arguments: [
        (DataMessage(), false), (DataMessage(body: " \n\u{0}"), false), (DataMessage(body: "x"), true),
        (DataMessage(isExpirationTimerUpdate: true), true), (DataMessage(attachments: [AttachmentPointer()]), true),
        (DataMessage(preview: LinkPreview(url: "u")), true), (DataMessage(profile: Profile(displayName: "a")), false),
    ])
    func `a message is visible when there is something to show`(message: DataMessage, isVisible: Bool) {
        #expect(message.isVisible == isVisible)
    }

    private func decode(_ proto: SessionProtos_Content) throws -> MessageContent {
        try MessageContent.decode(proto.serializedBytes())
    }
}
