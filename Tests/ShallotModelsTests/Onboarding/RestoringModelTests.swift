import Foundation
import SessionWire
import ShallotCore
import ShallotStore
import Testing

@testable import ShallotModels

@MainActor @Suite("While an account is restored") struct RestoringModelTests {
    private static let phrase = "vexed enjoy pigment films adept voted vexed enjoy pigment films adept voted adept"

    private func restored() async throws -> Messenger {
        let messenger = try await Profile.open(Profile.freshDirectory())
        _ = try await messenger.restoreAccount(phrase: Self.phrase, displayName: nil)
        return messenger
    }

    @Test func `without a profile a name is asked for after a while, and used until one arrives`() async throws {
        let messenger = try await restored()
        var surroundings = Surroundings()
        surroundings.sleep = { _ in }
        let model = RestoringModel(messenger: messenger, surroundings: surroundings, open: {}, cancelled: {})
        #expect(!model.asksForName && model.profileText == "not found yet")
        let work = Task { await model.run() }
        await until { model.asksForName }
        await model.submitName()
        #expect(model.nameProblem == "Enter a name")
        model.name = String(repeating: "ä", count: 51)
        #expect(model.nameProblem == "This name is too long by 2 bytes")
        model.name = " Maria "
        await model.submitName()
        await until { model.counts.name == "Maria" }
        #expect(!model.asksForName)
        let account = try #require(try await messenger.account())
        #expect(account.profileUpdatedAt == Date(timeIntervalSince1970: 1), "any other profile counts as newer")
        work.cancel()
        await work.value
        await messenger.close()
    }

    @Test func `one can go on or back, once`() async throws {
        let messenger = try await restored()
        var steps: [String] = []
        let model = RestoringModel(
            messenger: messenger, open: { steps.append("open") }, cancelled: { steps.append("cancelled") })
        await model.openNow()
        await model.cancel()
        #expect(steps == ["open"])
        await messenger.close()
    }

    @Test func `a group is an entry that says what it is, and cannot be written in`() async throws {
        let profile = try await Profile()
        let group = ConversationID.group(try #require(GroupID(publicKey: Array(repeating: 7, count: 32))))
        try await profile.store.transaction { transaction in
            try transaction.saveMembership(MembershipRecord(kind: .group, name: "Garden", isInvited: true), of: group)
            try transaction.ensureConversation(group, now: Date())
        }
        let list = ConversationListModel(messenger: profile.messenger)
        let listing = Task { await list.run() }
        await until { list.row(group) != nil }
        let row = try #require(list.row(group))
        #expect(row.title == "Garden" && row.isMembership && row.previewText == "Group")
        let model = ConversationModel(group, messenger: profile.messenger, own: profile.own, undo: UndoModel())
        let following = Task { await model.followHeader() }
        await until { model.header != nil }
        #expect(model.emptyTitle == "Group" && model.emptyHint.contains("invited") && model.emptyHint.contains("yet"))
        #expect(!model.canSend)
        await #expect(throws: SendError.self) { try await profile.messenger.send("hello", to: group) }
        listing.cancel()
        following.cancel()
        await profile.messenger.close()
    }
}
