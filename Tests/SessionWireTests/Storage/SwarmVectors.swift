import BaseKit
import SessionWire
import ShallotTestSupport
import Testing

@Suite struct SwarmVectors {
    @Test(arguments: VectorFile.cases(of: "swarm"))
    func `accounts belong to the swarm of the reference`(vector: VectorCase) throws {
        let position = try SwarmSpace.position(ofKey: vector.bytes("pubkey"))
        switch vector.op {
        case "swarm_space": #expect(try position == vector.uint64("value"))
        case "swarm_pick":
            let ids = try vector.texts("swarm_ids").map { try #require(UInt64($0)) }.sorted()
            #expect(try SwarmSpace.pick(position: position, among: ids) == vector.uint64("swarm_id"))
        default: Issue.record("unknown op \(vector.op)")
        }
    }

    static let ids: [UInt64] = [100, 200, 300, 399, 498, 596, 694]

    @Test(
        arguments: [
            (0x95, 100), (0x96, 100), (0x97, 200), (0xfa, 200), (0xfb, 300), (0x15d, 300), (0x15e, 399), (0x1c0, 399),
            (0x1c1, 498), (0x223, 498), (0x224, 596), (0x285, 596), (0x286, 694), (0x8000_0000_0000_0000, 694),
            (0x8000_0000_0000_018d, 694), (0x8000_0000_0000_018e, 100), (0xa000_0000_0000_0000, 100), (.max, 100),
        ] as [(UInt64, UInt64)])
    func `the nearest swarm of network.md §2.1 is picked`(position: UInt64, id: UInt64) {
        #expect(SwarmSpace.pick(position: position, among: Self.ids) == id)
    }

    @Test(arguments: [(0x28, UInt64.max - 19), (0x29, 100)] as [(UInt64, UInt64)])
    func `the ring closes`(position: UInt64, id: UInt64) {
        #expect(SwarmSpace.pick(position: position, among: Self.ids + [.max - 19]) == id)
    }

    @Test func `without swarms there is none to pick`() {
        #expect(SwarmSpace.pick(position: 7, among: []) == nil)
        #expect(SwarmSpace.pick(position: 7, among: [9]) == 9)
    }

    @Test func `the type byte plays no part in the position`() {
        let key = [UInt8](repeating: 0, count: 24) + [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef]
        #expect(SwarmSpace.position(ofKey: key) == 0x0123_4567_89ab_cdef)
        #expect(SwarmSpace.position(ofKey: [0x05] + key) == 0x0123_4567_89ab_cdef)
    }
}
