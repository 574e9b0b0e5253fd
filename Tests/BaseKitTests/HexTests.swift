import BaseKit
import Testing

@Suite struct HexTests {
    @Test(arguments: [([UInt8](), ""), ([0x00, 0x0f, 0xf0, 0xff], "000ff0ff"), (Array(0...9), "00010203040506070809")])
    func `bytes become lower-case digits and come back`(bytes: [UInt8], text: String) {
        #expect(bytes.hex == text)
        #expect([UInt8](hex: text) == bytes)
        #expect([UInt8](hex: text.uppercased()) == bytes)
    }

    @Test(arguments: ["0", "0g", "g0", " 00", "00 ", "0x00", "é0", "0\u{0}", "٠٠"])
    func `anything but pairs of digits is refused`(text: String) {
        #expect([UInt8](hex: text) == nil)
    }

    @Test func `a part of a text can be read`() {
        #expect([UInt8](hex: "05abcd".dropFirst(2)) == [0xab, 0xcd])
    }
}
