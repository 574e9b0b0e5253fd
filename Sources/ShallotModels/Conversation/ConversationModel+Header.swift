import Foundation
import SessionWire
import ShallotCore
import ShallotStore

extension ConversationModel {
    /// Keeps name, state and counts up to date, and gives back the draft of last time.
    func followHeader() async {
        do {
            for try await summary in messenger.store.conversationObservation(id) { show(summary) }
        } catch { notice = Notice(error) }
    }

    private func show(_ summary: ConversationSummary?) {
        let old = header
        let fresh = summary.map(header) ?? unknownHeader
        if old != fresh { header = fresh }
        if summary != nil, old?.isRequest == true, !fresh.isRequest, !fresh.isBlocked { wasAccepted = true }
        if !hasTyped, let draft = summary?.conversation.draft, !draft.isEmpty {
            setSilently(draft: draft)
        }
        hasTyped = true
        if old?.title != fresh.title || old?.isRequest != fresh.isRequest { rebuild() }
        seenMayHaveChanged()
    }

    private func header(_ summary: ConversationSummary) -> ConversationHeader {
        let isMuted = summary.isMuted(at: surroundings.now())
        return ConversationHeader(
            title: summary.title, subtitle: isMuted ? tr("Muted") : nil,
            avatar: AvatarLook(name: summary.title, id: id, isNoteToSelf: summary.isNoteToSelf),
            isNoteToSelf: summary.isNoteToSelf, isRequest: summary.isRequest,
            isBlocked: summary.contact?.isBlocked ?? false,
            isPinned: summary.conversation.priority > 0, isMuted: isMuted,
            unreadCount: summary.conversation.unreadCount, canBeCalled: summary.canBeCalled,
            membership: summary.membership.map(MembershipWords.init))
    }

    /// A conversation that is not in the database: nothing was written yet, or it was deleted elsewhere.
    private var unknownHeader: ConversationHeader {
        let isNoteToSelf = id.accountID == own
        let title = isNoteToSelf ? tr("Note to Self") : fallbackName
        return ConversationHeader(
            title: title, subtitle: nil, avatar: AvatarLook(name: title, id: id, isNoteToSelf: isNoteToSelf),
            isNoteToSelf: isNoteToSelf, isRequest: false, isBlocked: false, isPinned: false, isMuted: false,
            unreadCount: 0)
    }

    func perform(_ action: @escaping (Messenger) async throws -> Void) async {
        do { try await action(messenger) } catch {
            notice = Notice(error)
            again = { [weak self] in
                self?.notice = nil  // the same problem is said again
                await self?.perform(action)
            }
        }
    }
}
