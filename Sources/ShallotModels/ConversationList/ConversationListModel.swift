import Foundation
public import Observation
public import SessionWire
public import ShallotCore
import ShallotStore

/// The list of conversations: rows that follow the database, a search, a selection, and what a row's menu does.
@Observable
public final class ConversationListModel {
    /// How long a conversation stays silent.
    public enum Mute: CaseIterable, Sendable {
        case hour, eightHours, day, week, always

        public var words: String {
            switch self {
            case .hour: tr("1 Hour")
            case .eightHours: tr("8 Hours")
            case .day: tr("1 Day")
            case .week: tr("1 Week")
            case .always: tr("Until I Turn It On")
            }
        }

        func end(from now: Date) -> Date {
            switch self {
            case .hour: now.addingTimeInterval(3600)
            case .eightHours: now.addingTimeInterval(8 * 3600)
            case .day: now.addingTimeInterval(86_400)
            case .week: now.addingTimeInterval(7 * 86_400)
            case .always: .distantFuture
            }
        }
    }

    /// The rows to show: all, or those that fit the search.
    public private(set) var items: [ConversationRow] = []
    /// The database answered; before that the list is not empty but unknown.
    public private(set) var isLoaded = false
    public private(set) var unreadCount = 0
    /// Conversations with something unread, counted or marked by hand.
    public private(set) var unreadConversations: Set<ConversationID> = []
    public var query = "" { didSet { if query != oldValue { filter() } } }
    public var selection: ConversationID?
    public var notice: Notice?

    @ObservationIgnored private var all: [ConversationRow] = []
    @ObservationIgnored private var summaries: [ConversationSummary] = []
    private let messenger: Messenger
    private let surroundings: Surroundings

    public init(messenger: Messenger, surroundings: Surroundings = Surroundings()) {
        (self.messenger, self.surroundings) = (messenger, surroundings)
    }

    /// Follows the database until the calling task is cancelled.
    public func run() async {
        do {
            for try await summaries in messenger.store.conversationSummaries() { await show(summaries) }
        } catch { notice = Notice(error) }
    }

    /// Writes times again: today became yesterday.
    public func refreshTexts() async { await show(summaries) }

    private func show(_ summaries: [ConversationSummary]) async {
        self.summaries = summaries
        let rows = await ConversationRows(times: surroundings.times.texts, now: surroundings.now()).rows(for: summaries)
        let unread = summaries.reduce(0) { $0 + $1.conversation.unreadCount }
        if unread != unreadCount { unreadCount = unread }
        all = rows
        let unreadIDs = Set(rows.lazy.filter(\.isUnread).map(\.id))
        if unreadIDs != unreadConversations { unreadConversations = unreadIDs }
        filter()
        if !isLoaded { isLoaded = true }
    }

    private func filter() {
        let query = query.trimmed
        let fresh = query.isEmpty ? all : all.filter { $0.title.localizedStandardContains(query) }
        if fresh != items { items = fresh }
    }

    /// "Nothing matches “mari”", when a search found nothing.
    public var nothingFound: String? {
        isLoaded && items.isEmpty && !query.trimmed.isEmpty
            ? tr("Nothing matches “{query}”", ["query": query.trimmed.isolated]) : nil
    }
    /// There are no conversations at all.
    public var isEmpty: Bool { isLoaded && items.isEmpty && query.trimmed.isEmpty }

    /// Conversations that do not notify now.
    public var mutedConversations: Set<ConversationID> { Set(all.lazy.filter(\.isMuted).map(\.id)) }

    public func row(_ id: ConversationID) -> ConversationRow? { all.first { $0.id == id } }

    // MARK: Selection

    /// Goes up or down the shown rows, round the end; to unread ones only if asked.
    public func select(step: Int, unreadOnly: Bool = false) {
        let candidates = unreadOnly ? items.filter { $0.isUnread || $0.id == selection } : items
        guard !candidates.isEmpty else { return }
        guard let index = candidates.firstIndex(where: { $0.id == selection }) else {
            selection = (step > 0 ? candidates.first : candidates.last)?.id
            return
        }
        let count = candidates.count
        selection = candidates[((index + step) % count + count) % count].id
    }

    /// Ctrl+1 to Ctrl+9.
    public func select(number: Int) {
        guard items.indices.contains(number - 1) else { return }
        selection = items[number - 1].id
    }

    // MARK: Actions of a row

    public func setPinned(_ id: ConversationID, _ isPinned: Bool) async {
        await perform { try await $0.setPinned(isPinned, id) }
    }

    /// Marks a conversation as read down to its newest message, or as unread.
    public func setUnread(_ id: ConversationID, _ isUnread: Bool) async {
        let newest = summaries.first { $0.conversation.id == id }?.conversation.lastActivityAt ?? surroundings.now()
        await perform { messenger in
            if !isUnread { try await messenger.markRead(id, upTo: newest) }
            try await messenger.setMarkedUnread(isUnread, id)
        }
    }

    public func markAllRead() async {
        for row in all where row.isUnread { await setUnread(row.id, false) }
    }

    /// - Parameter mute: `nil` makes the conversation heard again.
    public func setMuted(_ id: ConversationID, _ mute: Mute?) async {
        let end = mute?.end(from: surroundings.now())
        await perform { try await $0.setMuted(id, until: end) }
    }

    public func setNickname(_ id: ConversationID, _ nickname: String) async {
        guard let account = id.accountID else { return }
        let name = nickname.trimmed
        await perform { try await $0.setNickname(name.isEmpty ? nil : name, of: account) }
    }

    public func setBlocked(_ id: ConversationID, _ isBlocked: Bool) async {
        guard let account = id.accountID else { return }
        await perform { try await $0.setBlocked(isBlocked, account) }
    }

    public func clearMessages(_ id: ConversationID) async { await perform { try await $0.clearMessages(id) } }

    public func deleteConversation(_ id: ConversationID) async {
        if selection == id { selection = nil }
        await perform { try await $0.deleteConversation(id) }
    }

    public func deleteContact(_ id: ConversationID) async {
        guard let account = id.accountID else { return }
        if selection == id { selection = nil }
        await perform { try await $0.deleteContact(account) }
    }

    private func perform(_ action: (Messenger) async throws -> Void) async {
        do { try await action(messenger) } catch { notice = Notice(error) }
    }
}
