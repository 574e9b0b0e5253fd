import CAdwaita
import Testing

@testable import GtkKit

@MainActor @Suite("QR codes out of pictures") struct QRCodeReaderTests {
    private static let words = "vexed enjoy pigment films adept voted vexed enjoy pigment films adept voted adept"

    /// The picture that the recovery page shows, as a file of some kind.
    private func file(_ text: String, type: String = "png", scale: Int = 6) throws -> [UInt8] {
        let texture = try #require(Texture.qrCode(text, pixelsPerModule: scale))
        let pixbuf = try #require(texture.withOpaque { gdk_pixbuf_get_from_texture($0) })
        defer { g_object_unref(UnsafeMutableRawPointer(pixbuf)) }
        var buffer: UnsafeMutablePointer<gchar>?
        var count: gsize = 0
        #expect(gdk_pixbuf_save_to_bufferv(pixbuf, &buffer, &count, type, nil, nil, nil) != 0)
        defer { g_free(buffer) }
        return [UInt8](UnsafeRawBufferPointer(start: buffer, count: Int(count)))
    }

    @Test(arguments: ["png", "jpeg", "bmp"]) func `what our own page shows is read back`(type: String) throws {
        #expect(try QRCodeReader.texts(in: file(Self.words, type: type)) == [Self.words])
    }

    @Test(arguments: [1, 2, 30, 60]) func `small and large ones too`(scale: Int) throws {
        #expect(try QRCodeReader.texts(in: file(Self.words, scale: scale)) == [Self.words])
    }

    @Test func `a texture, as it comes from the clipboard, is read`() throws {
        let texture = try #require(Texture.qrCode("hello"))
        #expect(try QRCodeReader.texts(in: GrayPicture(texture)) == ["hello"])
    }

    @Test func `a picture without a code says so`() throws {
        let white = try #require(Texture(rgba: [UInt8](repeating: 0xFF, count: 40_000), width: 100, height: 100))
        #expect(throws: PictureProblem.noCode) { try QRCodeReader.texts(in: GrayPicture(white)) }
    }

    @Test func `cut and damaged files are refused or read, never more`() throws {
        let good = try file(Self.words)
        for count in stride(from: 0, to: good.count, by: max(1, good.count / 60)) {
            // Only its last bytes may be missing: the picture is there before.
            let texts = try? QRCodeReader.texts(in: Array(good.prefix(count)))
            #expect(texts == nil || (texts == [Self.words] && count > good.count / 2))
        }
        for place in stride(from: 0, to: good.count, by: max(1, good.count / 60)) {
            var damaged = good
            damaged[place] ^= 0x55
            _ = try? QRCodeReader.texts(in: damaged)  // either is right
        }
    }

    @Test func `a file that is no picture is not parsed`() {
        for text in ["", "hello", "<svg xmlns='http://www.w3.org/2000/svg'/>", "%PDF-1.4"] {
            #expect(throws: PictureProblem.unreadable) { try QRCodeReader.texts(in: Array(text.utf8)) }
        }
    }

    @Test func `what claims to be huge is refused before there is memory for it`() throws {
        var huge = try file(Self.words)
        // Width and height in the PNG's header, whose checksum then is wrong unless it is made anew.
        huge.replaceSubrange(16..<24, with: [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60])
        huge.replaceSubrange(29..<33, with: Self.checksum(huge[12..<29]))
        #expect(throws: PictureProblem.tooLarge) { try QRCodeReader.texts(in: huge) }
        #expect(throws: PictureProblem.tooLarge) {
            try QRCodeReader.texts(in: [UInt8](repeating: 0xFF, count: QRCodeReader.byteLimit + 1))
        }
    }

    /// CRC-32 as PNG uses it.
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var value: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        value = ~value
        return [UInt8(value >> 24), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
    }
}
