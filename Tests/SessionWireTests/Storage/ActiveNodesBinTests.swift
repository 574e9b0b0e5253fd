import BaseKit
import SessionWire
import Testing

@Suite struct ActiveNodesBinTests {
    static let example =
        "5c9c6df261c9cb840475776aaefcd944b405328fab28f9b3a95ef40490d3de840123456789abcdefc000020756055604020b00"

    @Test func `the record of network.md §4.12 is read and written`() throws {
        let bytes = try #require([UInt8](hex: Self.example))
        let records = try ActiveNodesBin.parse(bytes)
        let record = try #require(records.first)
        #expect(record.node.id.description == String(Self.example.prefix(64)))
        #expect(record.node.x25519.hex == "fea182911db0e69fd73656df0f4c840e613c6cd516871081ce01bbceb15dbf28")
        #expect(record.node.swarmID == 0x0123_4567_89ab_cdef)
        #expect(record.node.address.description == "192.0.2.7")
        #expect(record.node.port == 22_021)
        #expect(record.quicPort == 22_020)
        #expect(record.version == [2, 11, 0])
        #expect(ActiveNodesBin.encode(records) == bytes)
        #expect(try ActiveNodesBin.parse(base64: bytes.base64) == records)
    }

    @Test func `records without usable key, address or port are left out`() throws {
        let good = try #require([UInt8](hex: Self.example))
        let zeroKey = [UInt8](repeating: 0, count: 32) + good[32...]
        let noAddress = good[..<40] + [0, 0, 0, 0] + good[44...]
        let noPort = good[..<44] + [0, 0] + good[46...]
        #expect(try ActiveNodesBin.parse(zeroKey + noAddress + good + noPort).count == 1)
        let outside = good[..<32] + [UInt8](repeating: 0xff, count: 8) + good[40...]
        #expect(try ActiveNodesBin.parse(Array(outside)).first?.node.swarmID == nil)
    }

    @Test func `a list must have whole records, and not too many`() throws {
        let good = try #require([UInt8](hex: Self.example))
        #expect(try ActiveNodesBin.parse([]).isEmpty)
        #expect(throws: StorageReplyError.self) { try ActiveNodesBin.parse(Array(good.dropLast())) }
        #expect(throws: StorageReplyError.self) { try ActiveNodesBin.parse(base64: "!") }
        let many = [UInt8](repeating: 0, count: (ServiceNodeList.maximumNodes + 1) * ActiveNodesBin.recordSize)
        #expect(throws: StorageReplyError.tooMany("nodes")) { try ActiveNodesBin.parse(many) }
        BadInput.variants(of: good + good).forEach { _ = try? ActiveNodesBin.parse($0) }
    }
}
