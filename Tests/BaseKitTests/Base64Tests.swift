import BaseKit
import Testing

@Suite struct Base64Tests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `the examples of RFC 4648 go both ways`(plain: String, text: String) {
        let bytes = Array(plain.utf8)
        let unpadded = String(text.prefix { $0 != "=" })
        #expect(bytes.base64 == text)
        #expect(bytes.base64Unpadded == unpadded)
        #expect([UInt8](base64: text) == bytes)
        #expect([UInt8](base64: unpadded) == bytes)
    }

    @Test(arguments: 0...70)
    func `every length comes back`(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + 250) }
        #expect([UInt8](base64: bytes.base64) == bytes)
        #expect([UInt8](base64: bytes.base64Unpadded) == bytes)
    }

    @Test(arguments: [
        "Z", "Zm9vY", "=", "==", "====", "Zg=", "Zg===", "Z===", "Zm8==", "Zg==Zg==", "Zm 9v", "Zm9v\n", "Zm-_", "Zm9é",
        "Zg=a",
    ])
    func `broken text is refused`(text: String) {
        #expect([UInt8](base64: text) == nil)
    }
}
