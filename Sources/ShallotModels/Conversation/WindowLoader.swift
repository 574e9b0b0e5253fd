import Foundation
import SessionWire
import ShallotStore

/// What a conversation shows after a load.
nonisolated struct LoadedWindow: Sendable {
    var window: RowWindow
    var rows: [MessageRow]
}

/// Reads parts of a conversation and makes rows of them, away from the main actor.
nonisolated struct WindowLoader: Sendable {
    let store: Store
    let conversation: ConversationID

    /// Where a conversation opens: around the first unread message, or at the end.
    @concurrent
    func opening(_ rows: MessageRows) async throws -> (loaded: LoadedWindow, unread: UnreadMark?) {
        let size = RowWindow.pageSize
        let found = try await store.aroundUnread(conversation, limit: 2 * size)
        var rows = rows
        rows.unread = found.firstUnread.map(UnreadMark.init)
        var window = RowWindow(records: found.messages, hasOlder: found.hasOlder, hasNewer: found.hasNewer)
        if rows.unread == nil, window.records.count > size {
            window.records = window.records.suffix(size)
            window.hasOlder = true
        }
        return (finished(window, trimming: .older, rows), rows.unread)
    }

    /// The newest page.
    @concurrent
    func newest(_ rows: MessageRows) async throws -> LoadedWindow {
        var window = RowWindow()
        let page = try await store.page(conversation, before: nil, limit: RowWindow.pageSize + 1)
        window.hasOlder = page.count > RowWindow.pageSize
        window.records = page.suffix(RowWindow.pageSize)
        return finished(window, trimming: .older, rows)
    }

    /// A page on each side of a message.
    @concurrent
    func around(_ message: MessageID, _ rows: MessageRows) async throws -> LoadedWindow {
        let found = try await store.around(message, in: conversation, limit: 2 * RowWindow.pageSize)
        let window = RowWindow(records: found.messages, hasOlder: found.hasOlder, hasNewer: found.hasNewer)
        return finished(window, trimming: .older, rows)
    }

    /// One page more at the top; the bottom gives way.
    @concurrent
    func older(than window: RowWindow, _ rows: MessageRows) async throws -> LoadedWindow {
        guard let first = window.records.first else { return try await newest(rows) }
        var window = window
        let page = try await store.page(conversation, before: first.cursor, limit: RowWindow.pageSize + 1)
        window.hasOlder = page.count > RowWindow.pageSize
        window.records = page.suffix(RowWindow.pageSize) + window.records
        return finished(window, trimming: .newer, rows)
    }

    /// One page more at the bottom; the top gives way.
    @concurrent
    func newer(than window: RowWindow, _ rows: MessageRows) async throws -> LoadedWindow {
        guard let last = window.records.last else { return try await newest(rows) }
        var window = window
        let page = try await store.page(conversation, after: last.cursor, limit: RowWindow.pageSize + 1)
        window.hasNewer = page.count > RowWindow.pageSize
        window.records += page.prefix(RowWindow.pageSize)
        return finished(window, trimming: .older, rows)
    }

    /// The same part again after a change. With `following`, the newest messages are part of it whatever came.
    @concurrent
    func refreshed(_ window: RowWindow, following: Bool, _ rows: MessageRows) async throws -> LoadedWindow {
        guard let first = window.records.first, let last = window.records.last else { return try await newest(rows) }
        let limit = RowWindow.maximumRows
        var fresh = RowWindow()
        if following {
            let page = try await store.page(conversation, before: nil, limit: limit + 1)
            // What was above the window stays outside, so that a message that is sent does not unfold the past.
            fresh.records = page.suffix(limit).filter { !window.hasOlder || $0.cursor >= first.cursor }
            // A flood pushes all that was there out of the view: what comes above its end is read when somebody goes there.
            let news = fresh.records.count { $0.cursor > last.cursor }
            if news == fresh.records.count || news > RowWindow.pageSize {
                fresh.records = page.suffix(RowWindow.pageSize)
            }
            fresh.hasOlder = window.hasOlder || fresh.records.count < page.count
            return finished(fresh, trimming: .older, rows)
        }
        let start = window.hasOlder ? first.cursor.previous : .beginning
        let page = try await store.page(conversation, after: start, limit: limit + 1)
        if window.hasNewer {
            // The lower end stays where it is: what comes after it is fetched when somebody scrolls there.
            fresh.records = page.prefix(limit).filter { $0.cursor <= last.cursor }
            fresh.hasNewer = true
        } else {
            fresh.records = Array(page.prefix(limit))
            fresh.hasNewer = page.count > limit
        }
        fresh.hasOlder = window.hasOlder
        return finished(fresh, trimming: .newer, rows)
    }

    private func finished(_ window: RowWindow, trimming end: RowWindow.End, _ rows: MessageRows) -> LoadedWindow {
        var window = window
        window.trim(at: end, rows: rows)
        return LoadedWindow(window: window, rows: rows.rows(for: window.records, hasOlder: window.hasOlder))
    }
}

extension MessageCursor {
    /// Before the first message there can be.
    fileprivate nonisolated static var beginning: MessageCursor {
        MessageCursor(sentAt: Date(timeIntervalSince1970: -1), id: MessageID(rawValue: 0))
    }

    /// The place right before this one.
    fileprivate nonisolated var previous: MessageCursor {
        MessageCursor(sentAt: sentAt, id: MessageID(rawValue: id.rawValue - 1))
    }
}
