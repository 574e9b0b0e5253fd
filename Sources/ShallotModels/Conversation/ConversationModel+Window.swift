import Foundation
import SessionWire
import ShallotCore
public import ShallotStore

extension ConversationModel {
    /// Follows the conversation until the calling task is cancelled.
    /// - Parameter place: where the view stood when the conversation was left earlier in this run.
    public func run(from place: (row: MessageRow.ID, offset: Double)? = nil) async {
        async let header: Void = followHeader()
        await open(from: place)
        do {
            for try await _ in messenger.store.messageObservation(id) {
                await inTurn { await self.refresh() }
            }
        } catch { notice = Notice(error) }
        await header
    }

    /// Reads one page more at the top. The view keeps its anchor row where it is.
    public func loadOlder() async {
        let patience = Task { [weak self, surroundings] in
            do { try await surroundings.sleep(Self.patience) } catch { return }  // they came
            if !Task.isCancelled { self?.isWaitingForOlder = true }
        }
        defer {
            patience.cancel()
            if isWaitingForOlder { isWaitingForOlder = false }
        }
        await inTurn {
            guard self.hasOlder else { return }
            await self.load { try await $0.older(than: self.window, $1) }
        }
    }

    /// What takes less time than this shows no sign of it.
    nonisolated static let patience = Duration.milliseconds(150)

    /// Shows all of a long message, or its beginning again.
    public func setUnfolded(_ isUnfolded: Bool, _ message: MessageID) {
        if isUnfolded { unfolded.insert(message) } else { unfolded.remove(message) }
        rebuild()
    }

    /// Reads one page more at the bottom.
    public func loadNewer() async {
        await inTurn {
            guard self.hasNewer else { return }
            await self.load { try await $0.newer(than: self.window, $1) }
        }
    }

    /// Goes to the newest messages, as the round button does.
    public func showNewest() async {
        await inTurn {
            if self.hasNewer { await self.load { try await $0.newest($1) } }
        }
        isFollowing = true
    }

    /// Today became yesterday, or the language of times changed.
    public func refreshTexts() async { await inTurn { await self.refresh() } }

    // MARK: Loading

    private func open(from place: (row: MessageRow.ID, offset: Double)?) async {
        await inTurn {
            do {
                let found = try await self.loader.opening(self.builder())
                self.unread = found.unread
                if found.unread != nil {
                    self.isFollowing = false
                    self.opening = .unreadLine
                    self.show(found.loaded)
                } else if let place, case .message(let message) = place.row, found.loaded.window.hasOlder {
                    self.isFollowing = false
                    let around = try await self.loader.around(message, self.builder())
                    self.opening = .row(place.row, offset: place.offset)
                    self.show(around)
                } else {
                    self.opening = place.map { .row($0.row, offset: $0.offset) } ?? .bottom
                    self.isFollowing = place == nil
                    self.show(found.loaded)
                }
            } catch { self.notice = Notice(error) }
        }
    }

    private func refresh() async {
        let follows = isFollowing && !hasNewer
        await load { try await $0.refreshed(self.window, following: follows, $1) }
    }

    private func load(_ read: (WindowLoader, MessageRows) async throws -> LoadedWindow) async {
        do {
            show(try await read(loader, builder()))
        } catch { notice = Notice(error) }
    }

    private func show(_ loaded: LoadedWindow) {
        window = loaded.window
        if rows != loaded.rows { rows = loaded.rows }
        if hasOlder != window.hasOlder { hasOlder = window.hasOlder }
        if hasNewer != window.hasNewer { hasNewer = window.hasNewer }
        seenMayHaveChanged()
    }

    /// Makes rows again from what is in memory: a name changed, a row is hidden while it can be taken back.
    func rebuild() {
        let fresh = builder().rows(for: window.records, hasOlder: window.hasOlder)
        if rows != fresh { rows = fresh }
    }

    func builder() -> MessageRows {
        MessageRows(
            times: surroundings.times.texts, now: surroundings.now(), own: own,
            peerName: (header?.title ?? fallbackName).isolated,
            conversation: id, isSafeView: header?.isRequest ?? false, unread: unread, hidden: hidden,
            unfolded: unfolded, accountSince: accountSince)
    }

    var fallbackName: String { id.accountID?.shortened ?? "" }

    /// One load at a time, in the order they were asked for: each starts from the window that the one before left.
    func inTurn(_ body: @escaping () async -> Void) async {
        let before = turn
        let task = Task {
            await before?.value
            await body()
        }
        turn = task
        await task.value
    }
}
