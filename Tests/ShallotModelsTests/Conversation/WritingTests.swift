import Foundation
import SessionWire
import ShallotCore
import ShallotStore
import Testing

@testable import ShallotModels

@MainActor @Suite(.timeLimit(.minutes(5))) struct WritingTests {
    let sleep = ManualSleep()

    private func model(_ profile: Profile, _ id: AccountID, undo: UndoModel? = nil) -> ConversationModel {
        let surroundings = Samples.surroundings(sleep)
        return ConversationModel(
            .account(id), messenger: profile.messenger, own: profile.own,
            undo: undo ?? UndoModel(surroundings: surroundings),
            surroundings: surroundings)
    }

    @Test func `what is sent is a row at once, and the field is empty`() async throws {
        let profile = try await Profile()
        let maria = try await profile.addContact("Maria")
        let model = model(profile, maria)
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { model.header != nil && model.opening != nil }
        model.draft = "  see you at the station\n"
        #expect(model.canSend)
        await model.send()
        #expect(model.draft.isEmpty)
        await until { model.rows.contains { $0.bubble != nil } }
        let bubble = try #require(model.rows.compactMap(\.bubble).last)
        #expect(bubble.text == "see you at the station")
        #expect(bubble.status == .waiting)
        #expect(bubble.isOutgoing)
    }

    @Test func `two messages sent in a row stay in order`() async throws {
        let profile = try await Profile()
        let maria = try await profile.addContact("Maria")
        let model = model(profile, maria)
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { model.header != nil && model.opening != nil }
        model.draft = "first"
        async let one: Void = model.send()
        await until { model.draft.isEmpty }
        model.draft = "second"
        async let two: Void = model.send()
        _ = await (one, two)
        await until { model.rows.compactMap(\.bubble).count == 2 }
        #expect(model.rows.compactMap { $0.bubble?.text } == ["first", "second"])
    }

    @Test func `what is sent while it is saved does not come back as a draft`() async throws {
        let profile = try await Profile()
        let maria = try await profile.addContact("Maria")
        let model = model(profile, maria)
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { model.header != nil && model.opening != nil }
        for number in 0..<20 {
            model.draft = "message \(number)"
            await until { sleep.durations.contains(DraftKeeper.delay) }
            sleep.wake()
            // The save may have begun by now, or not.
            for _ in 0..<number { await Task.yield() }
            await model.send()
            await model.keeper.settle()
            #expect(try await profile.messenger.store.conversation(.account(maria))?.conversation.draft == "")
        }
    }

    @Test func `a text that was not even written down comes back`() async throws {
        let profile = try await Profile()
        let maria = try await profile.addContact("Maria")
        let model = model(profile, maria)
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { model.header != nil }
        model.draft = "hello"
        try await profile.store.setBlocked(true, for: maria)
        model.header?.isBlocked = false
        await model.send()
        await until { model.draft == "hello" }
        #expect(model.notice == Notice(SendError.blocked))
        #expect(model.notice?.remedy == .unblock)
    }

    @Test func `a blocked contact closes the field, and unblocking opens it`() async throws {
        let profile = try await Profile()
        let maria = try await profile.addContact("Maria")
        let model = model(profile, maria)
        let run = Task { await model.run() }
        defer { run.cancel() }
        try await profile.store.setBlocked(true, for: maria)
        await until { model.header?.isBlocked == true }
        #expect(model.composer == .closed(reason: "You blocked \("Maria".isolated).", canUnblock: true))
        model.draft = "x"
        #expect(!model.canSend)
        await model.unblock()
        await until { model.composer == .writing(note: nil) }
    }

    @Test func `a draft is on disk within a second and there after a restart`() async throws {
        let profile = try await Profile()
        let maria = try await profile.addContact("Maria")
        let model = model(profile, maria)
        model.draft = "buy seeds"
        await until { sleep.durations == [.milliseconds(500)] }
        sleep.wake()
        try await until { try await profile.store.conversation(.account(maria))?.conversation.draft == "buy seeds" }
        let again = self.model(profile, maria)
        let run = Task { await again.run() }
        defer { run.cancel() }
        await until { again.draft == "buy seeds" }
    }

    @Test func `leaving writes the draft at once`() async throws {
        let profile = try await Profile()
        let maria = try await profile.addContact("Maria")
        let model = model(profile, maria)
        model.draft = "half a tho"
        await model.leave()
        #expect(try await profile.store.conversation(.account(maria))?.conversation.draft == "half a tho")
    }

    @Test func `a stored draft does not overwrite what is being typed`() async throws {
        let profile = try await Profile()
        let maria = try await profile.addContact("Maria")
        try await profile.store.setDraft("old", for: .account(maria))
        let model = model(profile, maria)
        model.draft = "new"
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { model.header != nil }
        #expect(model.draft == "new")
    }

    @Test func `too long a text cannot be sent, but in parts`() async throws {
        let profile = try await Profile()
        let maria = try await profile.addContact("Maria")
        let model = model(profile, maria)
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { model.header != nil && model.opening != nil }
        model.draft = String(repeating: "word ", count: 500)
        #expect(!model.canSend)
        #expect(model.counter?.parts == 2)
        await model.sendInParts()
        await until { model.rows.compactMap(\.bubble).count == 2 }
        #expect(model.draft.isEmpty)
    }

    @Test func `deleting can be taken back, then is final`() async throws {
        let profile = try await Profile()
        let maria = try await profile.addContact("Maria")
        try await profile.receive(3, from: maria)
        let undo = UndoModel(surroundings: Samples.surroundings(sleep))
        let model = model(profile, maria, undo: undo)
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { model.rows.compactMap(\.bubble).count == 3 }
        let first = try #require(model.rows.compactMap(\.messageID).first)
        await model.deleteForMe([first])
        #expect(model.rows.compactMap(\.bubble).count == 2)
        #expect(undo.offer?.text == "Message deleted")
        undo.undo(try #require(undo.offer?.id))
        #expect(model.rows.compactMap(\.bubble).count == 3)
        #expect(try await profile.store.message(first) != nil)
        await model.deleteForMe([first])
        await undo.finish()
        #expect(try await profile.store.message(first) == nil)
        await until { model.rows.compactMap(\.bubble).count == 2 }
    }

    @Test func `a request warns that answering accepts it, and links are dead`() async throws {
        let profile = try await Profile()
        let stranger = Profile.person()
        try await profile.store.upsertContact(stranger) { contact in
            contact.name = "Mallory"
            contact.approvedMe = true
        }
        try await profile.store.insertIncoming(
            NewIncoming(
                conversation: .account(stranger), author: stranger, sentAt: Samples.now, receivedAt: Samples.now,
                body: "look: https://example.org"))
        let model = model(profile, stranger)
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { model.header?.isRequest == true && model.rows.contains { $0.bubble != nil } }
        guard case .writing(let note?) = model.composer else {
            Issue.record("no note")
            return
        }
        #expect(note.contains("is not in your contacts"))
        await until { model.rows.compactMap(\.bubble).first?.pieces == [.plain("look: https://example.org")] }
        model.isFocused = true
        await model.refreshTexts()
        #expect(try await profile.store.conversation(.account(stranger))?.conversation.unreadCount == 1)
        #expect(!model.wasAccepted)
        await model.acceptRequest()
        await until { model.wasAccepted }
    }

    @Test func `details say what is known and copy no content`() async throws {
        let profile = try await Profile()
        let maria = try await profile.addContact("Maria")
        try await profile.receive(1, from: maria)
        let model = model(profile, maria)
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { model.header != nil && !model.rows.isEmpty }
        let id = try #require(model.rows.compactMap(\.messageID).first)
        let details = try #require(model.details(of: id))
        #expect(details.lines.first?.value == "Maria".isolated)
        #expect(!details.technicalText.contains("message 0"))
        #expect(!details.technicalText.contains("Maria"))
        #expect(!details.technicalText.contains(maria.description))
    }
}
