import Foundation
public import SessionWire
public import ShallotStore

extension Messenger {
    /// Takes a text for sending. When this returns the text is in the database; sending goes on by itself and survives
    /// restarts. Writing to somebody who asked to write to us accepts their request.
    public func send(_ text: String, to conversation: ConversationID) async throws(SendError) -> MessageID {
        guard let active else { throw .noAccount }
        let body = TextLimits.cleaned(text).trimmingCharacters(in: .whitespacesAndNewlines)
        guard !body.isEmpty else { throw .empty }
        guard body.unicodeScalars.count <= TextLimits.sendLimit else { throw .tooLong(limit: TextLimits.sendLimit) }
        guard let recipient = conversation.accountID, (try? AccountID.parse(userInput: recipient.description)) != nil
        else { throw .invalidRecipient }
        let (own, now) = (active.keys.accountID, options.now())
        let result: Result<MessageID, SendError>
        do {
            result = try await active.outbox.queue { [configs = active.configs] transaction, times in
                let problem: SendError? = try configs.edit(in: transaction) { editor in
                    if recipient != own {
                        if try transaction.contact(recipient)?.isBlocked == true { return .blocked }
                        if try transaction.isMembership(conversation) { return .invalidRecipient }
                        try Requests.approve(recipient, own: own, in: editor, now: now, &times)
                    }
                    if try transaction.priority(of: conversation) ?? -1 < 0 { try editor.show(conversation) }
                    return nil
                }
                if let problem { return .failure(problem) }
                return .success(
                    try transaction.insertOutgoing(
                        NewOutgoing(
                            conversation: conversation, author: own, sentAt: Date(milliseconds: times.next()), now: now,
                            body: body, recipient: recipient)))
            }
        } catch {
            throw .storage("\(error)")
        }
        return try result.get()
    }

    /// Sends a failed message again, with the same bytes if it was ever encoded: it may have reached the network. When
    /// only the copy for the account's other devices failed, only that is sent again.
    public func retry(_ id: MessageID) async throws(SendError) {
        guard let active else { throw .noAccount }
        let result: Result<ConversationID, SendError>
        let now = options.now()
        do {
            result = try await store.transaction { transaction in
                guard let message = try transaction.message(id), message.isFailed else {
                    return .failure(.notPossible)
                }
                if let person = message.conversation.accountID, try transaction.contact(person)?.isBlocked == true {
                    return .failure(.blocked)
                }
                try transaction.retryOutbox(of: id, now: now)
                return .success(message.conversation)
            }
        } catch {
            throw .storage("\(error)")
        }
        await active.outbox.resume(try result.get())
    }

    /// Removes messages from this device only. What still waits to be sent is not sent.
    public func deleteMessages(_ ids: [MessageID]) async throws {
        let now = options.now()
        try await store.transaction { transaction in
            let messages = try ids.compactMap { try transaction.message($0) }
            try RemovedMessages.remember(
                messages.map { MessageKey(author: $0.author, sentAt: $0.sentAt) }, in: transaction, now: now)
            for message in messages { try transaction.delete(message.id) }
        }
        await active?.outbox.resume()
    }

    /// Keeps what stands in the composer, until ``send(_:to:)`` empties it.
    public func saveDraft(_ text: String, for conversation: ConversationID) async throws {
        try await store.transaction { [now = options.now()] transaction in
            if !text.isEmpty { try transaction.ensureConversation(conversation, now: now) }
            try transaction.setDraft(text, for: conversation)
        }
    }
}

extension MessageRecord {
    /// Whether it, or its copy for the account's other devices, was given up.
    fileprivate var isFailed: Bool {
        if case .failed = delivery { true } else { syncState == .failed }
    }
}
