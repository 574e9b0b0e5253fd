import Foundation
import SessionWire
import ShallotStore
import Testing

@testable import ShallotModels

@Suite struct MessageRowsTests {
    /// Messages of two people at the given minutes before now.
    private func rows(_ minutes: [(from: AccountID, minutesAgo: Double)], unreadAt: Int? = nil) async throws
        -> [MessageRow]
    {
        let store = try Store.inMemory()
        let conversation = ConversationID.account(Samples.maria)
        for entry in minutes {
            let sentAt = Samples.now.addingTimeInterval(-60 * entry.minutesAgo)
            try await store.insertIncoming(
                NewIncoming(
                    conversation: conversation, author: entry.from, sentAt: sentAt, receivedAt: sentAt, body: "x",
                    isOutgoing: entry.from == Samples.own))
        }
        let records = try await store.page(conversation, before: nil, limit: 100)
        return MessageRows(
            times: Samples.times, now: Samples.now, own: Samples.own, peerName: "Maria", conversation: conversation,
            unread: unreadAt.map { UnreadMark(first: records[$0].id) }
        ).rows(for: records)
    }

    private func joints(_ rows: [MessageRow]) -> [String] {
        rows.compactMap(\.bubble).map { ($0.joinsAbove ? "^" : "-") + ($0.joinsBelow ? "v" : "-") }
    }

    @Test func `messages less than five minutes apart stand together`() async throws {
        let rows = try await rows([(Samples.maria, 20), (Samples.maria, 15.1), (Samples.maria, 10), (Samples.maria, 9)])
        #expect(joints(rows) == ["-v", "^-", "-v", "^-"])
    }

    @Test func `another sender begins another series`() async throws {
        let rows = try await rows([(Samples.maria, 3), (Samples.own, 2), (Samples.own, 1)])
        #expect(joints(rows) == ["--", "-v", "^-"])
        #expect(rows.compactMap(\.bubble).map(\.author) == ["Maria", "You", "You"])
    }

    @Test func `every day has its line, first of all`() async throws {
        let rows = try await rows([
            (Samples.maria, 2 * 1440), (Samples.maria, 1440), (Samples.maria, 1439), (Samples.maria, 0),
        ])
        let days = rows.compactMap { if case .day(let text) = $0.content { text } else { nil } }
        #expect(days == ["Thursday", "Yesterday", "Today"])
        #expect(rows.first?.bubble == nil)
    }

    @Test func `the unread line splits a series`() async throws {
        let rows = try await rows([(Samples.maria, 3), (Samples.maria, 2), (Samples.maria, 1)], unreadAt: 1)
        #expect(rows.map(\.id).firstIndex(of: .unread) == 2)
        #expect(joints(rows) == ["--", "-v", "^-"])
    }

    @Test func `a screen reader gets one sentence`() async throws {
        let rows = try await rows([(Samples.own, 0)])
        #expect(rows.last?.accessibleText == "You, 14:02, x, Sent")
    }

    @Test(arguments: [
        (minutesAfter: 120.0, hasOlder: false, isTold: true), (120, true, false), (30, false, false),
        (-10, false, false),
    ])
    func `where the network's memory ends is told where something may be missing`(
        minutesAfter: Double, hasOlder: Bool, isTold: Bool
    ) async throws {
        let store = try Store.inMemory()
        let conversation = ConversationID.account(Samples.maria)
        try await store.insertIncoming(
            NewIncoming(
                conversation: conversation, author: Samples.maria, sentAt: Samples.now, receivedAt: Samples.now,
                body: "x"))
        let rows = MessageRows(
            times: Samples.times, now: Samples.now, own: Samples.own, peerName: "Maria", conversation: conversation,
            accountSince: Samples.now.addingTimeInterval(60 * minutesAfter)
        ).rows(for: try await store.page(conversation, before: nil, limit: 1), hasOlder: hasOlder)
        #expect((rows.first?.id == .beginning) == isTold)
        if isTold { #expect(rows.first?.accessibleText == "Messages older than 14 days are not on the network") }
    }

    @Test func `trimming counts days and keeps the other end`() async throws {
        let store = try Store.inMemory()
        let conversation = ConversationID.account(Samples.maria)
        let batch = (0..<200).map { day in
            let sentAt = Samples.now.addingTimeInterval(Double(day - 199) * 86_400)
            return NewIncoming(
                conversation: conversation, author: Samples.maria, sentAt: sentAt, receivedAt: sentAt, body: "\(day)")
        }
        try await store.insertIncoming(batch)
        let builder = MessageRows(
            times: Samples.times, now: Samples.now, own: Samples.own, peerName: "Maria", conversation: conversation)
        for end in [RowWindow.End.older, .newer] {
            var window = RowWindow(records: try await store.page(conversation, before: nil, limit: 200))
            window.trim(at: end, rows: builder)
            #expect(builder.rows(for: window.records).count == RowWindow.maximumRows)
            #expect(window.records.contains { $0.body == (end == .older ? "199" : "0") })
            #expect(window.hasOlder == (end == .older))
            #expect(window.hasNewer == (end == .newer))
        }
    }

    @Test func `what cannot be shown leaves a line, or a sentence below a text`() async throws {
        let store = try Store.inMemory()
        let conversation = ConversationID.account(Samples.maria)
        for (number, kind) in [MessageRecord.Kind.unsupported, .text].enumerated() {
            let sentAt = Samples.now.addingTimeInterval(Double(number))
            try await store.insertIncoming(
                NewIncoming(
                    conversation: conversation, author: Samples.maria, sentAt: sentAt, receivedAt: sentAt, kind: kind,
                    body: kind == .text ? "👍" : "", unshown: [1]))
        }
        let records = try await store.page(conversation, before: nil, limit: 100)
        let rows = MessageRows(
            times: Samples.times, now: Samples.now, own: Samples.own, peerName: "Maria", conversation: conversation
        ).rows(for: records)
        #expect(rows.contains { $0.content == .control("This message needs a newer version of Shallot.") })
        let bubble = try #require(rows.compactMap(\.bubble).first)
        #expect(bubble.text == "👍\n\nSomething in this message needs a newer version of Shallot.")
        #expect(!bubble.isOnlyEmoji)
    }
}
