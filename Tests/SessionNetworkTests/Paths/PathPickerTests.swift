import SessionWire
import SodiumKit
import Testing

@testable import SessionNetwork

/// - Source: network.md §3.1
@Suite("Choosing nodes for a path") struct PathPickerTests {
    private let picker = PathPicker(separatesSubnets: true, random: SystemRandom())

    @Test func `no two nodes share a /24, and the destination's /24 is kept out`() throws {
        let nodes = (1...40).map { ServiceNode.test($0, subnet: $0 / 4) }
        let pool = NodePool(nodes: nodes, updatedAt: 1)
        let entry = nodes[0]
        let destination = nodes[39]
        for _ in 0..<50 {
            let hops = try #require(
                picker.hops(behind: entry, count: 2, from: pool, otherPaths: [], destination: destination))
            let subnets = ([entry, destination] + hops).map(\.address.subnet24)
            #expect(Set(subnets).count == 4)
        }
    }

    @Test func `other paths' nodes are kept out while there is choice`() throws {
        let nodes = (1...8).map { ServiceNode.test($0) }
        let pool = NodePool(nodes: nodes, updatedAt: 1)
        let hops = try #require(
            picker.hops(behind: nodes[0], count: 2, from: pool, otherPaths: [Array(nodes[3..<8])]))
        #expect(Set(hops.map(\.id)) == [nodes[1].id, nodes[2].id])
        let tight = try #require(
            picker.hops(behind: nodes[0], count: 2, from: pool, otherPaths: [Array(nodes[2..<8])]))
        #expect(tight.count == 2)
    }

    @Test func `the destination is never on the path`() {
        let nodes = (1...3).map { ServiceNode.test($0) }
        let pool = NodePool(nodes: nodes, updatedAt: 1)
        #expect(picker.hops(behind: nodes[0], count: 2, from: pool, otherPaths: [], destination: nodes[1]) == nil)
    }

    @Test func `many machines in one place are worth no more than one`() {
        let crowd = (1...200).map { ServiceNode.test($0, subnet: 1) }
        let single = ServiceNode.test(300, subnet: 2)
        let chosen = (0..<200).count { _ in picker.pick(1, from: crowd + [single], excluding: []).first == single }
        #expect((50...150).contains(chosen))
    }

    @Test func `hops are apart from others without a common node or /24`() {
        let near = ServiceNode.test(3, subnet: 1)
        #expect(picker.areApart([.test(2)], from: [.test(1), .test(3)]))
        #expect(!picker.areApart([.test(2), near], from: [.test(1)]))
        #expect(!picker.areApart([.test(2)], from: [.test(2)]))
        let careless = PathPicker(separatesSubnets: false, random: SystemRandom())
        #expect(careless.areApart([near], from: [.test(1)]))
        #expect(!careless.areApart([near], from: [near]))
    }
}

@Suite("Entry nodes") struct EntryNodesTests {
    @Test func `they are remembered in order and read back`() throws {
        var entries = EntryNodes()
        for number in [3, 1, 2, 1] { entries.keep(.test(number)) }
        #expect(entries.ids == [.test(3), .test(1), .test(2)])
        #expect(try #require(EntryNodes(encoded: entries.encoded())).ids == entries.ids)
        #expect(EntryNodes(encoded: [1, 2, 3]) == nil)
        #expect(EntryNodes(encoded: SystemRandom().bytes(32 * 100)) == nil)
    }

    @Test func `one that rests is tried again later`() {
        var entries = EntryNodes()
        let now = ContinuousClock.now
        entries.rest(.test(1), until: now + .seconds(30))
        #expect(entries.isResting(.test(1), at: now))
        #expect(!entries.isResting(.test(1), at: now + .seconds(31)))
    }
}
