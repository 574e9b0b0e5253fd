import Devnet
import Foundation
import SessionNetwork
import SessionWire
import ShallotCore
import ShallotStore
import SodiumKit
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

    @Test func `what a button could not do is said, and it can be pressed again`() async throws {
        let messenger = try await restored()
        var tries = 0
        let model = RestoringModel(messenger: messenger, open: {}) {
            tries += 1
            if tries == 1 { throw StoreError.diskFull }
        }
        model.name = "Maria"
        await model.cancel()
        #expect(model.notice == Notice(StoreError.diskFull as any Error))
        #expect(model.nameProblem == nil, "the name is not to blame")
        await model.cancel()
        #expect(tries == 2 && model.notice == nil)
        await messenger.close()
    }

    @Test func `numbers that cannot be read are said instead of standing still`() async throws {
        let messenger = try await restored()
        let sleep = ManualSleep()
        let model = RestoringModel(
            messenger: messenger, surroundings: Samples.surroundings(sleep), open: {}, cancelled: {})
        let before = model.statusText
        await messenger.close()
        let work = Task { await model.followCounts() }
        await until { !sleep.durations.isEmpty }
        #expect(model.statusText != before && model.statusText == model.readingNotice?.text)
        work.cancel()
        await work.value
    }

    @Test(.timeLimit(.minutes(5)))
    func `configs that have expired are said so, whatever name was typed and whoever wrote meanwhile`() async throws {
        let keys = AccountKeys.generate()
        let words = try #require(RecoveryPhrase.encode(keys.seed)).joined(separator: " ")
        try await ConnectedProfile.restored(words) { profile in
            let model = RestoringModel(messenger: profile.messenger, open: {}, cancelled: {})
            let work = Task { await model.run() }
            await until {
                await profile.messenger.pollNow()
                return model.isComplete
            }
            #expect(model.statusText.hasPrefix("Nothing is on the network any more"))
            model.name = "Maria"
            await model.submitName()
            await until { model.counts.name == "Maria" }
            #expect(model.statusText.hasPrefix("Nothing is on the network any more"))
            let content = MessageContent(
                kind: .data(DataMessage(body: "hello")), sentTimestamp: profile.messenger.network.now())
            let message = try DirectMessage.encode(
                content, from: .generate(), to: keys.accountID, random: SystemRandom())
            await profile.devnet.inject(message, for: keys.accountID)
            await until {
                await profile.messenger.pollNow()
                return model.counts.messages == 1
            }
            #expect(model.statusText.hasPrefix("Only messages are on the network"))
            work.cancel()
            await work.value
        }
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
