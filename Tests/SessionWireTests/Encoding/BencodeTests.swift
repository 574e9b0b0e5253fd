import SessionWire
import Testing

@Suite struct BencodeTests {
    @Test(
        arguments: [
            ("i0e", .int(0)), ("i-17e", .int(-17)), ("i9223372036854775807e", .int(.max)),
            ("i-9223372036854775808e", .int(.min)), ("i18446744073709551615e", .unsigned(.max)), ("0:", .bytes([])),
            ("5:hello", .text("hello")), ("le", .list([])), ("li1e1:ae", .list([.int(1), .text("a")])),
            ("de", .dict([:])),
            ("d0:i1e1:a1:b2:aali2eee", .dict([[]: .int(1), [97]: .text("b"), [97, 97]: .list([.int(2)])])),
        ] as [(String, BTValue)])
    func `canonical data is read and written`(text: String, value: BTValue) throws {
        #expect(try BTValue.parse(Array(text.utf8)) == value)
        #expect(value.encoded() == Array(text.utf8))
    }

    @Test(arguments: [
        "", "i", "ie", "i-e", "i-0e", "i01e", "i+1e", "i1", "i1.5e", "i18446744073709551616e", "i-9223372036854775809e",
        "1", "1:", "2:a", "01:a", "-1:a", "99999999999999999999:a", "18446744073709551615:a", ":a", "l", "li1e", "d",
        "d1:a", "d1:ae", "di1ei2ee", "d1:bi1e1:ai2ee", "d1:ai1e1:ai2ee", "i1ei2e", "lee", "e", "x",
    ])
    func `what is not canonical is refused`(text: String) {
        #expect(throws: BencodeError.self) { try BTValue.parse(Array(text.utf8)) }
    }

    @Test func `depth, size and number are limited`() throws {
        let bytes = Array("llleee".utf8)
        #expect(try BTValue.parse(bytes, limits: BencodeLimits(depth: 3)) == .list([.list([.list([])])]))
        #expect(throws: BencodeError.tooDeep) { try BTValue.parse(bytes, limits: BencodeLimits(depth: 2)) }
        #expect(throws: BencodeError.tooManyValues) { try BTValue.parse(bytes, limits: BencodeLimits(values: 2)) }
        #expect(throws: BencodeError.tooLong(6)) { try BTValue.parse(bytes, limits: BencodeLimits(bytes: 5)) }
        #expect(throws: BencodeError.tooDeep) {
            try BTValue.parse([UInt8](repeating: UInt8(ascii: "l"), count: 1_000_000))
        }
    }

    @Test func `damaged data never traps, and what is taken is canonical`() throws {
        let message = Array("d1:ai-12e1:b5:hello1:cli1e0:ed1:xi18446744073709551615eee".utf8)
        for bytes in BadInput.variants(of: message) {
            guard let value = try? BTValue.parse(bytes) else { continue }
            #expect(value.encoded() == bytes)
        }
    }
}
