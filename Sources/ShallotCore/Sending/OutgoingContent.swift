import SessionWire

/// Builds what a queued item says. Everything comes from the database, so the same item always says the same.
/// - Source: identity-and-messages.md §3.7, §4
struct OutgoingContent: Sendable {
    /// How long a swarm keeps a message: 14 days, in milliseconds.
    static let lifetime: UInt64 = 14 * 24 * 60 * 60 * 1_000

    let own: AccountID
    let profile: Profile?

    /// - Parameters:
    ///   - conversation: where the message stands.
    ///   - isCopy: for our own devices; says in which conversation the message stands and carries no profile.
    func text(_ body: String, in conversation: ConversationID, isCopy: Bool, timestamp: UInt64) -> MessageContent {
        let isToSelf = conversation == .account(own)
        var data = DataMessage()
        data.body = body
        data.profile = isCopy || isToSelf ? nil : profile
        data.syncTarget = isCopy || isToSelf ? conversation.rawValue : nil
        return MessageContent(kind: .data(data), sentTimestamp: timestamp)
    }

    func requestResponse(timestamp: UInt64) -> MessageContent {
        MessageContent(
            kind: .messageRequestResponse(MessageRequestResponse(isApproved: true, profile: profile)),
            sentTimestamp: timestamp)
    }
}
