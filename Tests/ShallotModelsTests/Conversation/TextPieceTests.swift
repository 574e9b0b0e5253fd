import Testing

@testable import ShallotModels

@Suite struct TextPieceTests {
    @Test(
        arguments: [
            ("hello", [TextPiece.plain("hello")]),
            ("see https://example.org/a?b=c.", [.plain("see "), .link("https://example.org/a?b=c"), .plain(".")]),
            ("(https://example.org)", [.plain("("), .link("https://example.org"), .plain(")")]),
            (
                "https://en.wikipedia.org/wiki/Onion_(disambiguation)",
                [.link("https://en.wikipedia.org/wiki/Onion_(disambiguation)")]
            ),
            ("HTTP://A.B\nnext", [.link("HTTP://A.B"), .plain("\nnext")]),
            ("end.Then", [.plain("end.Then")]),
            ("https://", [.plain("https://")]),
            ("javascript://x file:///etc", [.plain("javascript://x file:///etc")]),
            ("", [.plain("")]),
        ] as [(String, [TextPiece])])
    func `addresses become links, nothing else`(text: String, expected: [TextPiece]) {
        #expect(TextPiece.pieces(of: text) == expected)
    }

    @Test func `in safe view nothing is a link`() {
        #expect(TextPiece.pieces(of: "https://example.org", withLinks: false) == [.plain("https://example.org")])
    }

    @Test func `an endless address is plain text`() {
        let text = "https://example.org/" + String(repeating: "a", count: 5000)
        #expect(TextPiece.pieces(of: text) == [.plain(text)])
    }

    @Test(arguments: [
        ("👍", true), ("👍👍 👍", true), ("👩‍🚀🇩🇪", true), ("👍👍👍👍👍👍", true), ("👍👍👍👍👍👍👍", false), ("1", false), ("1️⃣", true),
        ("a👍", false), ("", false), ("  ", false), ("❤️", true), ("#", false),
    ])
    func `up to six emoji alone are shown large`(text: String, expected: Bool) {
        #expect(TextPiece.isOnlyEmoji(text) == expected)
    }
}
