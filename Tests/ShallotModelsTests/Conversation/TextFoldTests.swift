import Foundation
import SessionWire
import ShallotStore
import Testing

@testable import ShallotModels

@Suite struct TextFoldTests {
    private func lines(_ count: Int, of line: String = "a line") -> String {
        Array(repeating: line, count: count).joined(separator: "\n")
    }

    @Test(arguments: ["", "short", "🎉", "one\ntwo", String(repeating: "word ", count: 299)])
    func `what fits 25 lines is shown whole`(text: String) {
        #expect(TextFold.beginning(of: text) == nil)
    }

    @Test func `25 lines fit and 26 do not`() {
        #expect(TextFold.beginning(of: lines(25)) == nil)
        #expect(TextFold.beginning(of: lines(26)) == lines(25) + "…")
        #expect(TextFold.beginning(of: lines(10_000)) == lines(25) + "…")
        #expect(TextFold.beginning(of: lines(26).replacing("\n", with: "\r\n"))?.hasSuffix("a line…") == true)
    }

    @Test func `lines that wrap count as several, and no word is cut`() throws {
        let text = String(repeating: "somewhat ", count: 400)
        let beginning = try #require(TextFold.beginning(of: text))
        #expect(beginning.count <= TextFold.lines * TextFold.lineLength + 1)
        #expect(beginning.count > (TextFold.lines - 1) * TextFold.lineLength)
        #expect(beginning.hasSuffix("somewhat…"))
    }

    @Test func `a word without an end is cut between two letters that belong apart`() throws {
        let letter = "👩‍🚀"
        let beginning = try #require(TextFold.beginning(of: String(repeating: letter, count: 5_000)))
        #expect(beginning == String(repeating: letter, count: TextFold.lines * TextFold.lineLength) + "…")
    }

    @Test func `a folded row shows and says the beginning and keeps the whole for copying`() async throws {
        let store = try Store.inMemory()
        let conversation = ConversationID.account(Samples.maria)
        let text = lines(30) + "\nhttps://example.org"
        try await store.insertIncoming(
            NewIncoming(
                conversation: conversation, author: Samples.maria, sentAt: Samples.now, receivedAt: Samples.now,
                body: text))
        let records = try await store.page(conversation, before: nil, limit: 1)
        var rows = MessageRows(
            times: Samples.times, now: Samples.now, own: Samples.own, peerName: "Maria", conversation: conversation)
        let folded = try #require(rows.rows(for: records).compactMap(\.bubble).first)
        #expect(folded.fold == .folded)
        #expect(folded.text == text)
        #expect(folded.shownText == lines(25) + "…")
        #expect(!folded.accessibleText.contains("example.org"))
        rows.unfolded = [records[0].id]
        let unfolded = try #require(rows.rows(for: records).compactMap(\.bubble).first)
        #expect(unfolded.fold == .unfolded)
        #expect(unfolded.shownText == text)
        #expect(unfolded.pieces.last == .link("https://example.org"))
    }
}
