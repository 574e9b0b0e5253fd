import Foundation
import SessionWire
import ShallotCore
import ShallotStore
import Testing

@testable import ShallotModels

@MainActor @Suite(.timeLimit(.minutes(5))) struct RequestsTests {
    let sleep = ManualSleep()

    private func stranger(_ profile: Profile, _ name: String) async throws -> AccountID {
        let id = Profile.person()
        try await profile.store.upsertContact(id) { contact in
            contact.name = name
            contact.approvedMe = true
        }
        try await profile.store.insertIncoming(
            NewIncoming(
                conversation: .account(id), author: id, sentAt: Samples.now, receivedAt: Samples.now,
                body: "hello\nsecond line"))
        return id
    }

    private func model(_ profile: Profile) -> (RequestsModel, UndoModel) {
        let undo = UndoModel(surroundings: Samples.surroundings(sleep))
        return (
            RequestsModel(messenger: profile.messenger, undo: undo, surroundings: Samples.surroundings(sleep)), undo
        )
    }

    @Test func `a row shows the first line only`() async throws {
        let profile = try await Profile()
        _ = try await stranger(profile, "Mallory")
        let (model, _) = model(profile)
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { model.items.count == 1 }
        #expect(model.items[0].name == "Mallory")
        #expect(model.items[0].firstLine == "hello")
    }

    @Test func `a deleted request comes back on undo and nothing was final`() async throws {
        let profile = try await Profile()
        let mallory = try await stranger(profile, "Mallory")
        let (model, undo) = model(profile)
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { model.items.count == 1 }
        await model.decline(.account(mallory))
        #expect(model.items.isEmpty)
        #expect(try await profile.store.contact(mallory) != nil)
        undo.undo(try #require(undo.offer?.id))
        #expect(model.items.count == 1)
        await model.decline(.account(mallory))
        await until { sleep.durations == [.seconds(10)] }
        sleep.wake()
        try await until { try await profile.store.contact(mallory) == nil }
        #expect(model.items.isEmpty)
    }

    @Test func `clearing takes those that were there`() async throws {
        let profile = try await Profile()
        for name in ["A", "B", "C"] { _ = try await stranger(profile, name) }
        let (model, undo) = model(profile)
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { model.items.count == 3 }
        await model.clearAll()
        #expect(undo.offer?.text == "3 requests deleted")
        _ = try await stranger(profile, "D")
        await until { model.items.map(\.name) == ["D"] }
        await undo.finish()
        try await until { try await profile.store.allRequests().count == 1 }
        #expect(model.items.map(\.name) == ["D"])
    }

    @Test func `accepting moves it to the conversations, blocking ends it`() async throws {
        let profile = try await Profile()
        let anna = try await stranger(profile, "Anna")
        let mallory = try await stranger(profile, "Mallory")
        let (model, _) = model(profile)
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { model.items.count == 2 }
        await model.accept(.account(anna))
        await until { model.items.map(\.name) == ["Mallory"] }
        #expect(try await profile.store.contact(anna)?.isApproved == true)
        await model.block(.account(mallory))
        await until { model.items.isEmpty }
        #expect(try await profile.store.contact(mallory)?.isBlocked == true)
    }
}
