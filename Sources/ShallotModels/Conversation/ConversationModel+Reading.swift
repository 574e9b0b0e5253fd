import Foundation
import SessionWire
import ShallotCore
import ShallotStore

extension ConversationModel {
    /// The view shows everything down to this row.
    public func seen(through row: MessageRow.ID) {
        guard case .message(let id) = row, let record = window.records.first(where: { $0.id == id }) else { return }
        guard record.sentAt > seenThrough ?? .distantPast else { return }
        seenThrough = record.sentAt
        seenMayHaveChanged()
    }

    /// Marks as read what was on the screen of somebody who was looking at it. Reading a request tells nobody anything,
    /// but it stays unread in its list until it is answered.
    func seenMayHaveChanged() { if isFocused { markSeen() } }

    /// Marks as read what is on the screen. Somebody who writes here is looking, whatever the desktop says about focus.
    func markSeen() {
        guard let header, !header.isRequest else { return }
        let newest = isFollowing && !hasNewer ? window.records.last?.sentAt : nil
        guard let through = [seenThrough, newest].compactMap({ $0 }).max(), through > markedThrough ?? .distantPast
        else { return }
        markedThrough = through
        Task { [messenger, id] in
            do { try await messenger.markRead(id, upTo: through) } catch { self.notice = Notice(error) }
        }
    }

    /// How many unread messages are below the view, for the round button.
    public var unreadBelow: Int { isFollowing && !hasNewer ? 0 : header?.unreadCount ?? 0 }

    /// What the round button is called: its number is no more than a picture to somebody who hears it.
    public var endButtonText: String {
        let count = unreadBelow
        return count == 0
            ? tr("Go to Newest Message")
            : trn("Go to Newest Message, {n} unread", "Go to Newest Message, {n} unread", count)
    }
}
