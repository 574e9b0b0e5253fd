import Foundation
import SessionWire
import ShallotCore
import ShallotStore
import Testing

@testable import ShallotModels

@MainActor @Suite(.timeLimit(.minutes(5))) struct ListTests {
    @Test func `rows say what is new, pinned ones first`() async throws {
        let profile = try await Profile()
        let maria = try await profile.addContact("Maria")
        let tom = try await profile.addContact("Tom")
        try await profile.receive(3, from: maria, isRead: false)
        try await profile.receive(1, from: tom, last: Samples.now.addingTimeInterval(-86_400))
        let model = ConversationListModel(messenger: profile.messenger, surroundings: Samples.surroundings())
        #expect(!model.isEmpty, "not loaded is not empty")
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { model.items.count == 2 }
        #expect(model.items.map(\.title) == ["Maria", "Tom"])
        #expect(model.items[0].badge == .count("3"))
        #expect(model.items[0].timeText == "14:02")
        #expect(model.items[1].timeText == "Fri")
        #expect(model.items[0].previewText == "message 2")
        #expect(model.unreadCount == 3)
        await model.setPinned(.account(tom), true)
        await until { model.items.first?.title == "Tom" }
        await model.setUnread(.account(maria), false)
        await until { model.unreadCount == 0 }
        await model.setUnread(.account(maria), true)
        await until { model.items.contains { $0.badge == .dot } }
        await model.setMuted(.account(maria), .hour)
        await until { model.mutedConversations == [.account(maria)] }
        await model.setNickname(.account(maria), " Mary ")
        await until { model.items.contains { $0.title == "Mary" } }
    }

    @Test func `the search looks at names, whatever their case`() async throws {
        let profile = try await Profile()
        for name in ["Maria", "Émile", "Tom"] { try await profile.addContact(name) }
        let model = ConversationListModel(messenger: profile.messenger, surroundings: Samples.surroundings())
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { model.items.count == 3 }
        model.query = "mar"
        #expect(model.items.map(\.title) == ["Maria"])
        model.query = "nobody"
        #expect(model.nothingFound == "Nothing matches “\("nobody".isolated)”")
        #expect(!model.isEmpty)
        model.query = " "
        #expect(model.items.count == 3)
    }

    @Test func `selection goes round and knows numbers`() async throws {
        let profile = try await Profile()
        for name in ["A", "B", "C"] { try await profile.addContact(name) }
        let model = ConversationListModel(messenger: profile.messenger, surroundings: Samples.surroundings())
        let run = Task { await model.run() }
        defer { run.cancel() }
        await until { model.items.count == 3 }
        model.select(number: 3)
        #expect(model.selection == model.items[2].id)
        model.select(step: 1)
        #expect(model.selection == model.items[0].id)
        model.select(step: -1)
        #expect(model.selection == model.items[2].id)
        model.select(number: 9)
        #expect(model.selection == model.items[2].id)
    }

    @Test func `a thousand conversations become a thousand rows`() async throws {
        let store = try Store.inMemory()
        let batch = (0..<1000).map { number in
            NewIncoming(
                conversation: .account(Profile.person()), author: Samples.maria,
                sentAt: Samples.now.addingTimeInterval(Double(-number)),
                receivedAt: Samples.now, body: "message")
        }
        try await store.insertIncoming(batch)
        let summaries = try await store.allConversations()
        #expect(summaries.count == 1000)
        let rows = ConversationRows(times: Samples.times, now: Samples.now)
        #expect(await rows.rows(for: summaries).count == 1000)
    }

    @Test(
        arguments: [
            (0, false, ConversationRow.Badge.none), (0, true, .dot), (1, true, .count("1")),
            (999, false, .count("999")),
            (1000, false, .count("999+")),
        ] as [(Int, Bool, ConversationRow.Badge)])
    func `badges count up to 999`(unread: Int, isMarked: Bool, expected: ConversationRow.Badge) {
        #expect(ConversationRow.badge(unread: unread, isMarkedUnread: isMarked) == expected)
    }

    @Test(arguments: [("Maria", "M"), ("maria luisa lopez", "ML"), ("", ""), ("👩‍🚀 Astro", "👩‍🚀"), ("\u{202E}Tom", "T")])
    func `initials`(name: String, expected: String) {
        #expect(AvatarLook.initials(of: name) == expected)
    }
}
