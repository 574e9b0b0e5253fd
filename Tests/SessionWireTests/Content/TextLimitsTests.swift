import SessionWire
import Testing

@Suite struct TextLimitsTests {
    @Test(arguments: [
        ("plain", "plain"), ("tab\tand\nline", "tab\tand\nline"), ("a\u{0}b\u{7}c\u{7f}d\u{85}e\r\n", "abcde\n"),
        ("👩‍👩‍👧‍👦 family", "👩‍👩‍👧‍👦 family"), ("", ""),
    ])
    func `control characters go`(text: String, cleaned: String) {
        #expect(TextLimits.cleaned(text) == cleaned)
    }

    @Test func `long messages are cut at 10 000 code points`() {
        #expect(TextLimits.cleaned(String(repeating: "ä", count: 10_000)).unicodeScalars.count == 10_000)
        #expect(TextLimits.cleaned(String(repeating: "ä", count: 10_001)).unicodeScalars.count == 10_000)
        #expect(TextLimits.count("e\u{301}👨‍👩‍👧") == 7)
    }

    private static let names: [(String, String?)] = [
        ("Ana", "Ana"), ("  Ana\n", "Ana"), ("A\nB", "A B"), ("", nil), (" \t\u{0}", nil),
        (String(repeating: "a", count: 150), String(repeating: "a", count: 100)),
        (String(repeating: "ä", count: 60), String(repeating: "ä", count: 50)),
        (String(repeating: "a", count: 98) + "👨‍👩‍👧", String(repeating: "a", count: 98)),
    ]

    @Test(arguments: names)
    func `names are trimmed and cut between characters`(text: String, name: String?) {
        #expect(TextLimits.cleanedName(text) == name)
    }

    @Test func `no two messages have the same time`() {
        var timestamps = MessageTimestamps(last: 100)
        #expect(timestamps.next(networkNow: 50) == 101)
        #expect(timestamps.next(networkNow: 200) == 200)
        #expect(timestamps.next(networkNow: 200) == 201)
        #expect(timestamps.next(networkNow: 201) == 202)
        #expect(timestamps.next(networkNow: 500) == 500)
        #expect(timestamps.last == 500)
    }
}
