import SessionWire
import Testing

@testable import ShallotModels

@Suite struct LimitTests {
    @Test(arguments: [(1800, nil), (1801, 199), (2000, 0), (2001, -1)] as [(Int, Int?)])
    func `the counter appears 200 before the limit`(count: Int, remaining: Int?) {
        #expect(LimitCounter(text: String(repeating: "a", count: count))?.remaining == remaining)
    }

    @Test func `code points count, not characters`() throws {
        // An astronaut is three code points.
        let counter = try #require(LimitCounter(text: String(repeating: "👩‍🚀", count: 667)))
        #expect(counter.remaining == -1)
        #expect(counter.isOver)
        #expect(counter.words == "1 character too many")
        #expect(counter.parts == 2)
    }

    @Test(arguments: [1, 1999, 2000, 2001, 6500])
    func `parts fit and lose nothing but white space`(count: Int) {
        let text = String((0..<count).map { $0 % 7 == 6 ? " " : "a" })
        let parts = TextParts.split(text)
        #expect(parts.allSatisfy { $0.unicodeScalars.count <= TextLimits.sendLimit && !$0.isEmpty })
        #expect(parts.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }

    @Test func `a part ends at a line end when there is one`() {
        let text = String(repeating: "a", count: 1500) + "\n" + String(repeating: "b", count: 1500)
        #expect(TextParts.split(text) == [String(repeating: "a", count: 1500), String(repeating: "b", count: 1500)])
    }

    @Test func `an emoji is never cut in two`() {
        let parts = TextParts.split(String(repeating: "👩‍🚀", count: 1500))
        #expect(parts.allSatisfy { $0.allSatisfy { $0 == "👩‍🚀" } })
        #expect(parts.map(\.count).reduce(0, +) == 1500)
    }

    @Test func `white space alone makes no message`() {
        #expect(TextParts.split(String(repeating: " ", count: 5000)).isEmpty)
    }

    @Test func `one character of thousands of code points is cut all the same`() {
        let text = "a" + String(repeating: "\u{301}", count: 4999)
        let parts = TextParts.split(text)
        #expect(parts.count == 3)
        #expect(parts.allSatisfy { $0.unicodeScalars.count <= TextLimits.sendLimit })
    }
}
