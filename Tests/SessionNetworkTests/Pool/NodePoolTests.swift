import SessionWire
import SodiumKit
import Testing

@testable import SessionNetwork

@Suite("Pool of nodes") struct NodePoolTests {
    private let nodes = (1...20).map { ServiceNode.test($0, swarm: UInt64($0 % 3) * 100) }

    @Test func `the third strike removes a node`() {
        var pool = NodePool(nodes: nodes, updatedAt: 1)
        let outcomes = (0..<4).map { _ in pool.strike(.test(1), limit: 3) }
        #expect(outcomes == [false, false, true, false])
        #expect(pool[.test(1)] == nil)
        #expect(pool.count == 19)
    }

    @Test func `a success halves the strikes`() {
        var pool = NodePool(nodes: nodes, strikes: [.test(1): 2, .test(2): 1], updatedAt: 1)
        pool.forgive(.test(1))
        pool.forgive(.test(2))
        #expect(pool.strikes == [.test(1): 1])
    }

    @Test func `swarms come with the list`() throws {
        var pool = NodePool(nodes: nodes, updatedAt: 1)
        #expect(pool.swarmIDs == [0, 100, 200])
        let key = Array(repeating: UInt8(0), count: 31) + [110]
        let swarm = try #require(pool.swarm(ofKey: key))
        #expect(swarm.id == 100)
        #expect(Set(swarm.members) == Set(nodes.filter { $0.swarmID == 100 }.map(\.id)))
        pool.remove(swarm.members[0])
        #expect(pool.swarm(ofKey: key)?.members.count == swarm.members.count - 1)
    }

    @Test func `a list without swarms tells none`() {
        let pool = NodePool(nodes: (1...20).map { ServiceNode.test($0) }, updatedAt: 1)
        #expect(pool.swarm(ofKey: Array(repeating: 0, count: 32)) == nil)
    }

    @Test func `what was kept reads back the same`() {
        var pool = NodePool(nodes: nodes + [.test(300)], updatedAt: 1_700_000_000_000)
        _ = pool.strike(.test(4), limit: 3)
        #expect(NodePool(encoded: pool.encoded()) == pool)
        #expect(NodePool(encoded: NodePool().encoded()) == NodePool())
    }

    @Test func `cut or altered bytes are no pool and never trap`() {
        let bytes = NodePool(nodes: nodes, updatedAt: 1).encoded()
        for length in 0..<bytes.count where length != 13 && (length - 13) % 80 != 0 {
            #expect(NodePool(encoded: Array(bytes.prefix(length))) == nil)
        }
        for index in bytes.indices {
            var altered = bytes
            altered[index] ^= 0xFF
            _ = NodePool(encoded: altered)
        }
        _ = NodePool(encoded: SystemRandom().bytes(5_000))
    }
}

@Suite("Agreement about the pool") struct PoolQuorumTests {
    private let nodes = (1...30).map { ServiceNode.test($0, swarm: 7) }

    @Test func `a node needs two of three`() {
        let lists = [Array(nodes[0..<20]), Array(nodes[5..<25]), Array(nodes[24..<30])]
        let merged = PoolQuorum.merge(lists)
        #expect(Set(merged.map(\.id)) == Set(nodes[5..<20].map(\.id) + [nodes[24].id]))
        #expect(merged.allSatisfy { $0.swarmID == 7 })
    }

    @Test func `one list counts once, however often it names a node`() {
        #expect(PoolQuorum.merge([[nodes[0], nodes[0], nodes[0]]]).isEmpty)
    }

    @Test func `another address is another claim`() {
        let moved = ServiceNode.test(1, subnet: 99)
        #expect(PoolQuorum.merge([[nodes[0]], [moved]]).isEmpty)
        #expect(PoolQuorum.merge([[nodes[0]], [moved], [moved]]) == [moved])
    }

    @Test func `a swarm needs two as well`() {
        let merged = PoolQuorum.merge([[.test(1, swarm: 1)], [.test(1, swarm: 2)], [.test(1)]])
        #expect(merged.count == 1)
        #expect(merged.first?.swarmID == nil)
    }

    @Test func `fewer than the minimum are refused`() {
        var quorum = PoolQuorum()
        let verdicts = [11, 12].map { quorum.judge(Array(nodes.prefix($0)), oldCount: 0, minimum: 12) }
        #expect(verdicts == [.tooSmall, .accepted])
    }

    @Test func `less than half needs a second round that agrees`() {
        var quorum = PoolQuorum()
        let rounds = [nodes.prefix(14), nodes.suffix(14), nodes.suffix(14)]
        let verdicts = rounds.map { quorum.judge(Array($0), oldCount: 30, minimum: 12) }
        #expect(verdicts == [.needsSecondRound, .needsSecondRound, .accepted])
    }
}
