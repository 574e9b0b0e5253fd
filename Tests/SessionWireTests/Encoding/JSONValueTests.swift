import SessionWire
import Testing

@Suite struct JSONValueTests {
    @Test(
        arguments: [
            ("null", .null), ("true", true), (" false\n", false), ("0", 0), ("-0", 0), ("17", 17),
            ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
            ("9223372036854775808", .unsigned(1 << 63)), ("18446744073709551615", .unsigned(.max)),
            ("18446744073709551616", .double(18_446_744_073_709_551_616)), ("1.5", .double(1.5)),
            ("1e3", .double(1000)),
            ("-2.5E-1", .double(-0.25)), (#""""#, ""), (#""a\"\\\/\b\f\n\r\t\u00e9""#, "a\"\\/\u{8}\u{c}\n\r\t\u{e9}"),
            (#""\ud83d\ude00 \u20ac""#, "\u{1f600} €"), ("[]", []), ("[1,[2],{}]", [1, [2], [:]]),
            (#" { "a" : [ 1 , null ] , "b":"c" } "#, ["a": [1, nil], "b": "c"]), (#"{"a":1,"a":2}"#, ["a": 2]),
        ] as [(String, JSONValue)])
    func `text is read`(text: String, value: JSONValue) throws {
        #expect(try JSONValue.parse(text) == value)
    }

    @Test(arguments: [
        "", " ", "nul", "tru", "True", "01", "-", "-01", "1.", ".5", "1e", "1e+", "+1", "0x1", "NaN", "Infinity",
        "1e999",
        "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{", "}", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,",
        "{\"a\":1,}",
        "{a:1}", "{1:2}", "{\"a\" 1}", "\"", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800\\u0041\"", "\"\n\"", "'a'", "1 2", "{}{}", "// a\n1", "\u{feff}1",
    ])
    func `what is not JSON is refused`(text: String) {
        #expect(throws: JSONError.self) { try JSONValue.parse(text) }
    }

    @Test(arguments: [
        [0x22, 0xff, 0x22], [0x22, 0xc0, 0x80, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22], [0x22, 0x5c, 0x6e, 0xe2, 0x22],
    ])
    func `a string that is not UTF-8 is refused`(bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try JSONValue.parse(bytes) }
    }

    @Test(
        arguments: [
            .null, true, 0, .int(.min), .unsigned(.max), .double(0.5), "", "a\u{0}\u{1f}\"\\/é\u{1f600}", [], [:],
            ["b": [1, "x"], "a": .unsigned(.max)],
        ] as [JSONValue])
    func `what is written is read again`(value: JSONValue) throws {
        #expect(try JSONValue.parse(value.encoded()) == value)
    }

    @Test func `objects are written compactly and in order`() {
        let value: JSONValue = ["b": [1, true, nil], "a": "x\n\u{1}", "A": 2]
        #expect(value.encodedText() == #"{"A":2,"a":"x\n\u0001","b":[1,true,null]}"#)
        #expect(JSONValue.double(.nan).encodedText() == "null")
    }

    @Test func `numbers convert only when nothing is lost`() {
        #expect(JSONValue.int(-1).uint64Value == nil)
        #expect(JSONValue.unsigned(.max).int64Value == nil)
        #expect(JSONValue.unsigned(.max).uint64Value == .max)
        #expect(JSONValue.double(1).int64Value == nil)
        #expect(JSONValue.double(1).doubleValue == 1)
        #expect(JSONValue.number(7) == .int(7))
        #expect(JSONValue.integer(UInt64.max) == .unsigned(.max))
    }

    @Test func `depth is limited`() throws {
        let limits = JSONLimits(depth: 3)
        #expect(try JSONValue.parse(Array("[[[]]]".utf8), limits: limits) == [[[]]])
        #expect(throws: JSONError.tooDeep) { try JSONValue.parse(Array("[[[[]]]]".utf8), limits: limits) }
        let bottomless = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
        #expect(throws: JSONError.tooDeep) { try JSONValue.parse(bottomless) }
    }

    @Test func `the number of values is limited`() throws {
        let limits = JSONLimits(values: 4)
        #expect(try JSONValue.parse(Array("[1,2,3]".utf8), limits: limits) == [1, 2, 3])
        #expect(throws: JSONError.tooManyValues) { try JSONValue.parse(Array("[1,2,3,4]".utf8), limits: limits) }
    }

    @Test func `the length is limited`() throws {
        #expect(try JSONValue.parse(Array("1234".utf8), limits: JSONLimits(bytes: 4)) == 1234)
        #expect(throws: JSONError.tooLong(5)) { try JSONValue.parse(Array("12345".utf8), limits: JSONLimits(bytes: 4)) }
    }

    @Test func `damaged text never traps`() {
        let text = Array(
            #"{"a":[1,-2.5e3,"\u00e9\ud83d\ude00",null],"swarm":{"x":{"y":true}},"n":18446744073709551615}"#.utf8)
        BadInput.variants(of: text).forEach { _ = try? JSONValue.parse($0) }
    }
}
