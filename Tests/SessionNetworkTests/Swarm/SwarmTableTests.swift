import SessionWire
import SodiumKit
import Testing

@testable import SessionNetwork

@Suite("Remembered swarms") struct SwarmTableTests {
    private let account = [0x05] + [UInt8](repeating: 7, count: 32)
    private let members: [ServiceNodeID] = (1...5).map { .test($0) }

    @Test func `every member has its turn`() {
        var table = SwarmTable()
        table.set(members, swarmID: 1, of: account)
        let asked = (0..<5).compactMap { _ in table.next(of: account, excluding: [], strikes: [:]) }
        #expect(Set(asked) == Set(members))
    }

    @Test func `members with strikes come last, excluded ones never`() {
        var table = SwarmTable()
        table.set(members, swarmID: 1, of: account)
        let strikes: [ServiceNodeID: Int] = [.test(1): 1, .test(2): 1, .test(3): 2]
        let asked = (0..<6).compactMap { _ in table.next(of: account, excluding: [.test(4)], strikes: strikes) }
        #expect(Set(asked) == [.test(5)])
        let none = [
            table.next(of: account, excluding: Set(members), strikes: [:]),
            table.next(of: [1], excluding: [], strikes: [:]),
        ]
        #expect(none == [nil, nil])
    }

    @Test func `what was kept reads back; other bytes do not and never trap`() throws {
        var table = SwarmTable()
        table.set(members, swarmID: 1, of: account)
        let bytes = table.encoded()
        #expect(try #require(SwarmTable(encoded: bytes))[account]?.members == members)
        for length in 5..<bytes.count where length != 5 {
            #expect(SwarmTable(encoded: Array(bytes.prefix(length))) == nil)
        }
        _ = SwarmTable(encoded: Array("swrm1".utf8) + SystemRandom().bytes(10_000))
    }

    @Test func `a swarm of no members has no turn`() {
        var table = SwarmTable()
        table.set([], swarmID: nil, of: account)
        let next = table.next(of: account, excluding: [], strikes: [:])
        #expect(next == nil)
    }

    @Test func `nodes that the pool lacks are nobody's members`() {
        var table = SwarmTable()
        table.set(members, swarmID: 1, of: account)
        let nodes = (2...5).map { ServiceNode.test($0) }
        table.keepNodes(of: NodePool(nodes: nodes, updatedAt: 1))
        #expect(table[account]?.members == Array(members.dropFirst()))
    }

    @Test func `of a swarm that a new list leaves few members the next question is who they are`() {
        var table = SwarmTable()
        table.set(members, swarmID: nil, of: account)
        table.poolWasReplaced(by: NodePool(nodes: (3...5).map { ServiceNode.test($0) }, updatedAt: 1))
        #expect(table[account]?.members == Array(members.dropFirst(2)))
        table.poolWasReplaced(by: NodePool(nodes: (4...5).map { ServiceNode.test($0) }, updatedAt: 2))
        #expect(table[account] == nil)
    }
}
