import BaseKit
import SessionWire
import ShallotTestSupport

/// A content written as the `content_fields` of a vector, from what our own decoder understood of it.
struct ContentFields {
    let content: MessageContent

    /// Fields that we read past on purpose: nobody reads them any more.
    static let unread: [String: Set<String>] = ["dataMessage": ["timestamp"], "quote": ["text"]]

    var value: VectorValue {
        var fields: [String: VectorValue] = [:]
        if let sent = content.sentTimestamp { fields["sigTimestamp"] = .integer(Int64(sent)) }
        if let expiration = content.expiration {
            fields["expirationType"] =
                .text(expiration.mode == .afterRead ? "DELETE_AFTER_READ" : "DELETE_AFTER_SEND")
            fields["expirationTimer"] = .integer(Int64(expiration.seconds))
        }
        switch content.kind {
        case .data(let message): fields["dataMessage"] = data(message)
        case .messageRequestResponse(let response):
            fields["messageRequestResponse"] = .object(
                profile(response.profile).merging(["isApproved": .bool(response.isApproved)]) { first, _ in first })
        case .unsend(let request): fields["unsendRequest"] = target("timestamp", request.timestamp, request.author)
        case .readReceipt(let times):
            fields["receiptMessage"] = .object(
                ["type": .text("READ"), "timestamp": .list(times.map { .integer(Int64($0)) })])
        case .typing(let isStarted, let time):
            fields["typingMessage"] = .object(
                ["timestamp": .integer(Int64(time)), "action": .text(isStarted ? "STARTED" : "STOPPED")])
        case .dataExtraction(let extraction):
            fields["dataExtractionNotification"] = .object([
                "type": .text(extraction.kind == .screenshot ? "SCREENSHOT" : "MEDIA_SAVED"),
                "timestamp": .integer(Int64(extraction.timestamp ?? 0)),
            ])
        case .call(let message): fields["callMessage"] = call(message)
        case .sharedConfig, .unknown: break
        }
        return .object(fields)
    }

    /// The vector's fields without those we read past.
    static func read(_ value: VectorValue, in parent: String = "") -> VectorValue {
        switch value {
        case .object(let fields):
            let kept = fields.filter { unread[parent]?.contains($0.key) != true }
            return .object(Dictionary(uniqueKeysWithValues: kept.map { ($0, read($1, in: $0)) }))
        case .list(let values): return .list(values.map { read($0, in: parent) })
        default: return value
        }
    }

    private func data(_ message: DataMessage) -> VectorValue {
        var fields = profile(message.profile)
        if let body = message.body { fields["body"] = .text(body) }
        if let target = message.syncTarget { fields["syncTarget"] = .text(target) }
        if let quote = message.quote { fields["quote"] = target("id", quote.timestamp, quote.author) }
        if let reaction = message.reaction, case .object(let about) = target("id", reaction.timestamp, reaction.author)
        {
            let rest: [String: VectorValue] = [
                "emoji": .text(reaction.emoji), "action": .text(reaction.isAdded ? "REACT" : "REMOVE"),
            ]
            fields["reaction"] = .object(about.merging(rest) { first, _ in first })
        }
        if let preview = message.preview {
            fields["preview"] = .list([.object(["url": .text(preview.url), "title": .text(preview.title ?? "")])])
        }
        if let invitation = message.communityInvitation {
            fields["openGroupInvitation"] = .object(["url": .text(invitation.url), "name": .text(invitation.name)])
        }
        if !message.attachments.isEmpty { fields["attachments"] = .list(message.attachments.map(attachment)) }
        // Its inside belongs to the groups; here it counts that it is kept.
        if message.groupUpdate != nil { fields["groupUpdateMessage"] = .null }
        return .object(fields)
    }

    private func profile(_ profile: Profile?) -> [String: VectorValue] {
        guard let profile else { return [:] }
        var inner: [String: VectorValue] = [:]
        if let name = profile.displayName { inner["displayName"] = .text(name) }
        if let url = profile.pictureURL { inner["profilePicture"] = .text(url) }
        if profile.updatedSeconds > 0 { inner["lastUpdateSeconds"] = .integer(Int64(profile.updatedSeconds)) }
        var fields: [String: VectorValue] = ["profile": .object(inner)]
        if let key = profile.pictureKey { fields["profileKey"] = hex(key) }
        return fields
    }

    private func attachment(_ pointer: AttachmentPointer) -> VectorValue {
        var fields: [String: VectorValue] = ["id": .integer(Int64(pointer.legacyID))]
        if let type = pointer.contentType { fields["contentType"] = .text(type) }
        if let key = pointer.key { fields["key"] = hex(key) }
        if pointer.size > 0 { fields["size"] = .integer(Int64(pointer.size)) }
        if let digest = pointer.digest { fields["digest"] = hex(digest) }
        if let name = pointer.fileName { fields["fileName"] = .text(name) }
        if pointer.isVoiceMessage { fields["flags"] = .integer(1) }
        if pointer.width > 0 { fields["width"] = .integer(Int64(pointer.width)) }
        if pointer.height > 0 { fields["height"] = .integer(Int64(pointer.height)) }
        if let url = pointer.url { fields["url"] = .text(url) }
        return .object(fields)
    }

    private func call(_ message: CallMessage) -> VectorValue {
        let names: [CallMessage.Kind: String] = [
            .offer: "OFFER", .answer: "ANSWER", .provisionalAnswer: "PROVISIONAL_ANSWER",
            .iceCandidates: "ICE_CANDIDATES", .endCall: "END_CALL", .preOffer: "PRE_OFFER",
        ]
        var fields: [String: VectorValue] = [
            "type": .text(names[message.kind] ?? "?"), "uuid": .text(message.uuid),
        ]
        if !message.sdps.isEmpty { fields["sdps"] = .list(message.sdps.map(VectorValue.text)) }
        if !message.sdpMLineIndexes.isEmpty {
            fields["sdpMLineIndexes"] = .list(message.sdpMLineIndexes.map { .integer(Int64($0)) })
        }
        if !message.sdpMids.isEmpty { fields["sdpMids"] = .list(message.sdpMids.map(VectorValue.text)) }
        return .object(fields)
    }

    private func target(_ timeField: String, _ time: UInt64, _ author: AccountID) -> VectorValue {
        .object([timeField: .integer(Int64(time)), "author": .text(author.description)])
    }

    private func hex(_ bytes: [UInt8]) -> VectorValue { .object(["hex": .text(bytes.hex)]) }
}
