import Testing
import ZstdKit

@Suite struct ZstdTests {
    @Test(arguments: [0, 1, 100, 5_000, 300_000])
    func `what was compressed comes back`(count: Int) throws {
        let plain = (0..<count).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let frame = try #require(Zstd.compress(plain, level: 1))
        #expect(try Zstd.decompress(frame, limit: count) == plain)
    }

    @Test func `not one byte more than the limit comes out`() throws {
        let frame = try #require(Zstd.compress([UInt8](repeating: 7, count: 1_000_000), level: 19))
        #expect(frame.count < 200)
        #expect(throws: ZstdError.tooLong) { try Zstd.decompress(frame, limit: 999_999) }
    }

    @Test func `a frame that is cut off or followed by something is refused at once`() throws {
        let frame = try #require(Zstd.compress((0..<5_000).map { UInt8(truncatingIfNeeded: $0 * $0) }, level: 3))
        for count in stride(from: 0, to: frame.count, by: 97) {
            #expect(throws: ZstdError.malformed) { try Zstd.decompress(frame.prefix(count), limit: 10_000) }
        }
        #expect(throws: ZstdError.malformed) { try Zstd.decompress(frame + [0], limit: 10_000) }
    }
}
