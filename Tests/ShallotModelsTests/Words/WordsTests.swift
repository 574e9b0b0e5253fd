import ShallotModels
import Testing

@Suite struct WordsTests {
    @Test func `a value goes where its name stands`() {
        #expect(tr("Not sent: {reason}", ["reason": "no network path"]) == "Not sent: no network path")
    }

    @Test func `a value that looks like a placeholder stays as it is`() {
        #expect(tr("{name} wrote: {text}", ["name": "{text}", "text": "hi"]) == "{text} wrote: hi")
    }

    @Test(arguments: [
        ("{unknown} stays", "{unknown} stays"), ("an open { stays", "an open { stays"), ("{}", "{}"), ("", ""),
    ])
    func `what is not filled in stays`(template: String, expected: String) {
        // Through the plural, whose forms come from the catalogue at run time.
        #expect(Translation.english.one(nil, template) == expected)
        #expect(tr("{unknown} and { and {}", ["name": "x"]) == "{unknown} and { and {}")
    }

    @Test(arguments: [(0, "0 words"), (1, "1 word"), (2, "2 words")])
    func `the form fits the count`(count: Int, expected: String) {
        #expect(trn("{n} word", "{n} words", count) == expected)
    }

    @Test func `a name cannot turn the sentence around it`() {
        let name = "evil\u{202E}\u{2067}name\u{2069}"
        #expect(name.isolated == "\u{2068}evilname\u{2069}")
    }
}
