import Foundation
import SessionWire
import ShallotCore
import ShallotStore

/// What people do with notifications. A token of another run leads nowhere.
extension MainModel {
    /// What a click on a notification of this run opens.
    public func target(ofNotification token: String) -> NotificationPlanner.Target? { planner.target(of: token) }

    public func markRead(notification token: String) async {
        guard case .conversation(let id) = target(ofNotification: token) else { return }
        do { try await markAllRead(id) } catch { notice = Notice(error) }
    }

    /// The small window for an answer.
    public func quickReply(toNotification token: String) -> QuickReplyModel? {
        guard case .conversation(let id) = target(ofNotification: token) else { return nil }
        return QuickReplyModel(name: list.row(id)?.title ?? id.redacted) { [weak self] in
            try await self?.answer($0, in: id)
        }
    }

    /// An answer that was typed into the notification itself. One that cannot be sent is kept as the draft.
    public func reply(_ text: String, toNotification token: String) async {
        guard case .conversation(let id) = target(ofNotification: token), !text.trimmed.isEmpty else { return }
        do { try await answer(text.trimmed, in: id) } catch {
            notice = Notice(error)
            await keep(text, asDraftOf: id)
        }
    }

    public func putAway(notification token: String) { planner.putAway(token) }

    private func answer(_ text: String, in id: ConversationID) async throws {
        _ = try await messenger.send(text, to: id)
        try await markAllRead(id)
    }

    /// Down to the newest message: its sender's clock may be ahead of ours.
    private func markAllRead(_ id: ConversationID) async throws {
        guard let newest = try await messenger.store.conversation(id)?.conversation.lastActivityAt else { return }
        try await messenger.markRead(id, upTo: newest)
        try await messenger.setMarkedUnread(false, id)
    }

    private func keep(_ text: String, asDraftOf id: ConversationID) async {
        if let conversation, conversation.id == id {
            conversation.draft = conversation.draft.isEmpty ? text : conversation.draft + "\n" + text
            return
        }
        do {
            let draft = try await messenger.store.conversation(id)?.conversation.draft ?? ""
            try await messenger.saveDraft(draft.isEmpty ? text : draft + "\n" + text, for: id)
        } catch { notice = Notice(error) }
    }
}
