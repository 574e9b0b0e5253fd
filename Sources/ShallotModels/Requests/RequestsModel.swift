public import Observation
public import SessionWire
public import ShallotCore
import ShallotStore

/// A first message from somebody who is not a contact yet: name, first line, age. Nothing of it is loaded or played.
public nonisolated struct RequestRow: Identifiable, Hashable, Sendable {
    public let id: ConversationID
    public let avatar: AvatarLook
    public let name: String
    public let firstLine: String
    public let timeText: String

    public var accessibleText: String {
        tr("Message request from {name}, {time}: {text}", ["name": name.isolated, "time": timeText, "text": firstLine])
    }
}

/// The message requests and what can be done with them. Deleting can be taken back for ten seconds.
@Observable
public final class RequestsModel {
    public private(set) var items: [RequestRow] = []
    public private(set) var isLoaded = false
    public var notice: Notice?

    @ObservationIgnored private var summaries: [ConversationSummary] = []
    @ObservationIgnored private var all: [RequestRow] = []
    @ObservationIgnored private var hidden: Set<ConversationID> = []
    private let messenger: Messenger
    private let undo: UndoModel
    private let surroundings: Surroundings

    public init(messenger: Messenger, undo: UndoModel, surroundings: Surroundings = Surroundings()) {
        (self.messenger, self.undo, self.surroundings) = (messenger, undo, surroundings)
    }

    /// Follows the database until the calling task is cancelled.
    public func run() async {
        do {
            for try await summaries in messenger.store.requestSummaries() {
                await show(summaries)
                if !isLoaded { isLoaded = true }
            }
        } catch { notice = Notice(error) }
    }

    /// Writes the times again, after midnight for example.
    public func refreshTexts() async { await show(summaries) }

    private func show(_ summaries: [ConversationSummary]) async {
        self.summaries = summaries
        all = await rows(for: summaries)
        filter()
    }

    public func accept(_ id: ConversationID) async { await perform { try await $0.acceptRequest(id) } }

    public func block(_ id: ConversationID) async { await perform { try await $0.blockRequest(id) } }

    /// Deletes one request, in ten seconds.
    public func decline(_ id: ConversationID) async {
        await remove([id], tr("Request deleted")) { try await $0.declineRequest(id) }
    }

    /// Deletes those that are shown now, in ten seconds; one that arrives meanwhile stays.
    public func clearAll() async {
        let ids = items.map(\.id)
        guard !ids.isEmpty else { return }
        await remove(ids, trn("{n} request deleted", "{n} requests deleted", ids.count)) { messenger in
            for id in ids { try await messenger.declineRequest(id) }
        }
    }

    private func remove(
        _ ids: [ConversationID], _ text: String, _ action: @escaping (Messenger) async throws -> Void
    ) async {
        hidden.formUnion(ids)
        filter()
        let putBack: () -> Void = { [weak self] in
            self?.hidden.subtract(ids)
            self?.filter()
        }
        await undo.offer(text, takeBack: putBack) { [weak self, messenger] in
            do {
                try await action(messenger)
                self?.hidden.subtract(ids)
            } catch {
                putBack()
                self?.notice = Notice(error)
            }
        }
    }

    private func filter() {
        let fresh = all.filter { !hidden.contains($0.id) }
        if fresh != items { items = fresh }
    }

    private func perform(_ action: (Messenger) async throws -> Void) async {
        do { try await action(messenger) } catch { notice = Notice(error) }
    }

    private func rows(for summaries: [ConversationSummary]) async -> [RequestRow] {
        let rows = ConversationRows(times: surroundings.times.texts, now: surroundings.now())
        return summaries.map { summary in
            let row = rows.row(summary)
            let text = summary.conversation.lastMessage.map { ControlText.text(of: $0.kind, name: "") ?? $0.body }
            let firstLine = text?.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            return RequestRow(
                id: row.id, avatar: row.avatar, name: row.title,
                firstLine: (ConversationRows.oneLine(firstLine) ?? "").withoutDirectionControls, timeText: row.timeText)
        }
    }
}
