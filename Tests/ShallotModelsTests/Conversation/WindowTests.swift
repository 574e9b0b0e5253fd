import Foundation
import SessionWire
import ShallotCore
import ShallotStore
import Synchronization
import Testing

@testable import ShallotModels

/// The anchored window over 20,000 messages.
@MainActor @Suite(.timeLimit(.minutes(5))) struct WindowTests {
    static let total = 20_000

    private func opened(_ count: Int, unread: Int = 0) async throws -> (ConversationModel, Profile, AccountID) {
        let profile = try await Profile()
        let maria = try await profile.addContact("Maria")
        try await profile.receive(
            count - unread, from: maria, last: Samples.now.addingTimeInterval(Double(-unread) * 60))
        if unread > 0 { try await profile.receive(unread, from: maria, isRead: false) }
        let model = ConversationModel(
            .account(maria), messenger: profile.messenger, own: profile.own, undo: UndoModel(),
            surroundings: Samples.surroundings())
        return (model, profile, maria)
    }

    private func bodies(_ model: ConversationModel) -> [String] { model.rows.compactMap { $0.bubble?.text } }

    @Test func `scrolling up and down meets every message once and never more than 150 rows`() async throws {
        let (model, _, _) = try await opened(Self.total)
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { !model.rows.isEmpty }
        var seen = Set(bodies(model))
        while model.hasOlder {
            let anchor = try #require(model.rows.first { $0.messageID != nil }?.id)
            let before = bodies(model)
            await model.loadOlder()
            #expect(model.rows.count <= RowWindow.maximumRows)
            #expect(model.rows.contains { $0.id == anchor }, "the anchor went away")
            #expect(Set(model.rows.map(\.id)).count == model.rows.count)
            #expect(isContiguous(bodies(model)))
            #expect(bodies(model).first != before.first)
            seen.formUnion(bodies(model))
        }
        #expect(seen.count == Self.total)
        #expect(bodies(model).first == "message 0")
        while model.hasNewer {
            let anchor = try #require(model.rows.last { $0.messageID != nil }?.id)
            await model.loadNewer()
            #expect(model.rows.count <= RowWindow.maximumRows)
            #expect(model.rows.contains { $0.id == anchor }, "the anchor went away")
            #expect(isContiguous(bodies(model)))
        }
        #expect(bodies(model).last == "message \(Self.total - 1)")
    }

    /// `message n`, `message n + 1`, …
    private func isContiguous(_ bodies: [String]) -> Bool {
        let numbers = bodies.compactMap { Int($0.dropFirst("message ".count)) }
        return numbers.count == bodies.count && zip(numbers, numbers.dropFirst()).allSatisfy { $1 == $0 + 1 }
    }

    @Test func `it opens at the unread line, which stays while the conversation is open`() async throws {
        let (model, profile, maria) = try await opened(500, unread: 80)
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { model.opening != nil && !model.rows.isEmpty && model.header != nil }
        #expect(model.opening == .unreadLine)
        let line = try #require(model.rows.firstIndex { $0.id == .unread })
        #expect(model.rows[line + 1].bubble?.text == "message 0")
        #expect(model.rows[line - 1].bubble?.text == "message 419")
        model.isFocused = true
        await model.showNewest()
        try await until { try await profile.store.conversation(.account(maria))?.conversation.unreadCount == 0 }
        await model.refreshTexts()
        #expect(model.unreadBelow == 0)
    }

    @Test func `nothing is marked read while nobody looks`() async throws {
        let (model, profile, maria) = try await opened(20, unread: 5)
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { model.header != nil && !model.rows.isEmpty }
        await model.showNewest()
        #expect(try await profile.store.conversation(.account(maria))?.conversation.unreadCount == 5)
        model.isFocused = true
        try await until { try await profile.store.conversation(.account(maria))?.conversation.unreadCount == 0 }
    }

    @Test func `whoever writes has read what stands above`() async throws {
        let (model, profile, maria) = try await opened(20, unread: 5)
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { model.header != nil && !model.rows.isEmpty }
        model.draft = "I am here"
        await model.send()
        try await until { try await profile.store.conversation(.account(maria))?.conversation.unreadCount == 0 }
    }

    @Test func `only what was on the screen counts as read`() async throws {
        let (model, profile, maria) = try await opened(60, unread: 20)
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { model.header != nil && !model.rows.isEmpty }
        model.isFollowing = false
        model.isFocused = true
        let line = try #require(model.rows.firstIndex { $0.id == .unread })
        model.seen(through: model.rows[line + 5].id)
        try await until { try await profile.store.conversation(.account(maria))?.conversation.unreadCount == 15 }
        await until { model.header?.unreadCount == 15 }
        #expect(model.unreadBelow == 15)
    }

    @Test func `new messages join at the bottom while it is followed, thousands at once too`() async throws {
        let (model, profile, maria) = try await opened(200)
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { !model.rows.isEmpty }
        try await profile.receive(3000, from: maria, last: Samples.now.addingTimeInterval(300_000))
        await until { bodies(model).last == "message 2999" }
        #expect(model.rows.count <= RowWindow.maximumRows)
        #expect(model.hasOlder)
        #expect(!model.hasNewer)
        #expect(isContiguous(bodies(model)))
        // Nobody has seen more than the end of a flood: the rest is read when somebody goes there.
        #expect(bodies(model).count == RowWindow.pageSize)
        await model.loadOlder()
        #expect(bodies(model).count == 2 * RowWindow.pageSize)
        #expect(isContiguous(bodies(model)))
    }

    @Test func `new messages do not move what somebody reads further up`() async throws {
        let (model, profile, maria) = try await opened(2000)
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { !model.rows.isEmpty }
        model.isFollowing = false
        for _ in 0..<4 { await model.loadOlder() }
        let before = bodies(model)
        try await profile.receive(10, from: maria, last: Samples.now.addingTimeInterval(3600))
        await until { model.header?.unreadCount == 0 }
        await model.refreshTexts()
        #expect(bodies(model) == before)
        #expect(model.hasNewer)
        await model.showNewest()
        #expect(bodies(model).last == "message 9")
    }

    @Test func `a conversation that was left is opened where it was left`() async throws {
        let (model, profile, maria) = try await opened(2000)
        let run = Task { await model.run() }
        await until { !model.rows.isEmpty }
        for _ in 0..<6 { await model.loadOlder() }
        let place = model.rows[20].id
        run.cancel()
        let again = ConversationModel(
            .account(maria), messenger: profile.messenger, own: profile.own, undo: UndoModel(),
            surroundings: Samples.surroundings())
        let secondRun = Task { await again.run(from: (place, 12)) }
        defer { secondRun.cancel() }
        await until { !again.rows.isEmpty }
        #expect(again.opening == .row(place, offset: 12))
        #expect(again.rows.contains { $0.id == place })
        #expect(again.hasNewer)
    }

    @Test func `an empty conversation is empty and then is not`() async throws {
        let profile = try await Profile()
        let maria = try await profile.addContact("Maria")
        let model = ConversationModel(
            .account(maria), messenger: profile.messenger, own: profile.own, undo: UndoModel(),
            surroundings: Samples.surroundings())
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { model.opening != nil && model.header != nil }
        #expect(model.rows.isEmpty)
        try await profile.receive(1, from: maria)
        await until { bodies(model) == ["message 0"] }
        #expect(model.rows.first?.content == .day("Today"))
    }

    @Test func `older messages that take their time are waited for in view`() async throws {
        let profile = try await Profile()
        let maria = try await profile.addContact("Maria")
        try await profile.receive(60, from: maria)
        let sleep = ManualSleep()
        let model = ConversationModel(
            .account(maria), messenger: profile.messenger, own: profile.own, undo: UndoModel(),
            surroundings: Samples.surroundings(sleep))
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { model.hasOlder }
        let (gate, opener) = AsyncStream.makeStream(of: Void.self)
        async let busy: Void = model.inTurn { for await _ in gate { return } }
        await until { model.turn != nil }
        async let loaded: Void = model.loadOlder()
        await until { sleep.durations.contains(ConversationModel.patience) }
        #expect(!model.isWaitingForOlder)
        sleep.wake(upTo: ConversationModel.patience)
        await until { model.isWaitingForOlder }
        opener.yield()
        _ = await (busy, loaded)
        #expect(!model.isWaitingForOlder && !model.hasOlder)
    }

    @Test func `a long message unfolds and folds again`() async throws {
        let profile = try await Profile()
        let maria = try await profile.addContact("Maria")
        let text = Array(repeating: "a line", count: 40).joined(separator: "\n")
        try await profile.store.insertIncoming([
            NewIncoming(
                conversation: .account(maria), author: maria, sentAt: Samples.now, receivedAt: Samples.now, body: text)
        ])
        let model = ConversationModel(
            .account(maria), messenger: profile.messenger, own: profile.own, undo: UndoModel(),
            surroundings: Samples.surroundings())
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { !model.rows.isEmpty }
        let id = try #require(model.rows.compactMap(\.messageID).first)
        func fold() -> TextFold? { model.rows.compactMap(\.bubble).first?.fold }
        #expect(fold() == .folded)
        model.setUnfolded(true, id)
        #expect(fold() == .unfolded)
        await model.refreshTexts()
        #expect(fold() == .unfolded)
        model.setUnfolded(false, id)
        #expect(fold() == .folded)
    }

    @Test func `the round button says how many are unread below`() async throws {
        let (model, _, _) = try await opened(200, unread: 130)
        #expect(model.endButtonText == "Go to Newest Message")
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { model.unreadBelow == 130 }
        #expect(model.endButtonText == "Go to Newest Message, 130 unread")
    }

    @Test func `what failed can be done once more from its notice`() async throws {
        let (model, _, _) = try await opened(1)
        let isBroken = Mutex(true)
        let count = Mutex(0)
        await model.perform { _ in
            count.withLock { $0 += 1 }
            if isBroken.withLock({ $0 }) { throw StoreError.diskFull }
        }
        #expect(model.notice?.remedy == .retry)
        await model.again?()
        #expect(model.notice?.remedy == .retry)
        isBroken.withLock { $0 = false }
        await model.again?()
        #expect(model.notice == nil && model.again == nil)
        #expect(count.withLock { $0 } == 3)
        model.notice = Notice(SendError.blocked)
        #expect(model.again == nil)
    }
}
