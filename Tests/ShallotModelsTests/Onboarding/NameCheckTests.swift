import ShallotModels
import Testing

@Suite struct NameCheckTests {
    @Test(
        arguments: [
            ("Maria", NameCheck.fits), ("", .empty), (" \n\t", .empty), (String(repeating: "a", count: 100), .fits),
            (String(repeating: "a", count: 101), .tooLong(by: 1)), (String(repeating: "ä", count: 50), .fits),
            (String(repeating: "ä", count: 51), .tooLong(by: 2)), (String(repeating: "👩‍🚀", count: 9), .fits),
            (String(repeating: "👩‍🚀", count: 10), .tooLong(by: 10)),
            ("  " + String(repeating: "a", count: 100) + "  ", .fits),
        ] as [(String, NameCheck)])
    func `a name has 1 to 100 bytes`(name: String, expected: NameCheck) {
        #expect(NameCheck(name) == expected)
    }

    @Test func `the excess is named in bytes`() {
        #expect(NameCheck(String(repeating: "ä", count: 51)).problem == "This name is too long by 2 bytes")
        #expect(NameCheck(String(repeating: "a", count: 101)).problem == "This name is too long by 1 byte")
    }

    @Test func `the counter appears from 80 bytes`() {
        #expect(NameCheck.counter(String(repeating: "a", count: 79)) == nil)
        #expect(NameCheck.counter(String(repeating: "ä", count: 40)) == "80 / 100")
    }
}
