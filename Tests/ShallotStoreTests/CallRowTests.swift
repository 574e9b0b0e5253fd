import Foundation
import SessionWire
import ShallotStore
import Testing

@Suite("Rows of calls") struct CallRowTests {
    private let store: Store
    private let peer: AccountID
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    init() throws {
        store = try Store.inMemory()
        peer = try #require(AccountID("05" + String(repeating: "1a", count: 32)))
    }

    private func row(_ call: String, _ kind: MessageRecord.Kind, seconds: Int? = nil, isRead: Bool = true) -> CallRow {
        CallRow(
            call: call, conversation: .account(peer), author: peer, sentAt: now, kind: kind, seconds: seconds,
            isRead: isRead)
    }

    @Test func `what is said of a call changes, and its row stays`() async throws {
        let first = try await store.recordCall(row("a", .callIncoming), now: now)
        let second = try await store.recordCall(row("a", .callMissed, isRead: false), now: now)
        #expect(first != nil && first == second)
        let messages = try await store.page(.account(peer))
        #expect(messages.map(\.kind) == [.callMissed])
        #expect(messages.first?.isRead == false)
        try await store.recordCall(row("a", .callIncoming, seconds: 61), now: now)
        #expect(try await store.page(.account(peer)).first?.callSeconds == 61)
    }

    @Test func `two calls of one millisecond have two rows`() async throws {
        try await store.recordCall(row("a", .callMissed), now: now)
        try await store.recordCall(row("b", .callMissed), now: now)
        #expect(try await store.page(.account(peer)).count == 2)
    }

    @Test func `a row that was removed does not come back with the end of its call`() async throws {
        try await store.recordCall(row("a", .callIncoming), now: now)
        try await store.clearMessages(.account(peer))
        #expect(try await store.recordCall(row("a", .callIncoming, seconds: 5), now: now) == nil)
        #expect(try await store.page(.account(peer)).isEmpty)
    }

    @Test func `the row of a call goes on as that of the other`() async throws {
        try await store.recordCall(row("a", .callOutgoing), now: now)
        try await store.continueCallRow(of: "a", as: "b", now: now)
        try await store.recordCall(row("b", .callOutgoing, seconds: 7), now: now)
        let messages = try await store.page(.account(peer))
        #expect(messages.map(\.callSeconds) == [7])
    }

    @Test func `what is over is remembered until its time has come`() async throws {
        let until = now.addingTimeInterval(100)
        try await store.rememberCall(FinishedCallRecord(call: "a", verdict: "endedByPeer", until: until), now: now)
        #expect(
            try await store.finishedCalls(now: now, limit: 10)
                == [FinishedCallRecord(call: "a", verdict: "endedByPeer", until: until)])
        #expect(try await store.finishedCalls(now: until.addingTimeInterval(1), limit: 10).isEmpty)
        // The end came first; the row follows when the beginning is heard.
        #expect(try await store.recordCall(row("a", .callMissed), now: now) != nil)
    }
}
