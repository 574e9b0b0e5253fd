import SessionWire
import Testing

@testable import SessionNetwork

/// - Source: network.md §1.6
@Suite("Network time") struct NetworkClockTests {
    private static let system: UInt64 = 1_800_000_000_000

    private func sample(_ milliseconds: UInt64, rtt: Duration = .zero) throws -> NetworkClock.Sample {
        let now = ContinuousClock.now
        return try #require(NetworkClock.Sample(milliseconds: milliseconds, asked: now - rtt, answered: now))
    }

    @Test func `before the first answer it is the machine's`() {
        let clock = NetworkClock { Self.system }
        #expect(clock.now() == Self.system)
        #expect(clock.offset == nil)
    }

    @Test func `the middle of three counts, half of the round trip later`() throws {
        let clock = NetworkClock { Self.system }
        let network = Self.system + 3_600_000
        clock.set([
            try sample(network + 900_000), try sample(network, rtt: .seconds(2)), try sample(5 + network - 900_000),
        ])
        #expect(Int64(clock.now()) - Int64(network + 1_000) < 500)
        #expect(clock.now() >= network + 1_000)
        #expect(try #require(clock.offset) > .seconds(3_590))
    }

    @Test func `a machine that the answers do not contradict keeps its own time`() throws {
        let clock = NetworkClock { Self.system }
        clock.set([try sample(Self.system - 200, rtt: .seconds(1)), try sample(Self.system - 200, rtt: .seconds(1))])
        #expect(try #require(clock.offset) < .milliseconds(300))
        clock.set([
            try sample(Self.system + 2_000, rtt: .seconds(1)), try sample(Self.system + 2_000, rtt: .seconds(1)),
        ])
        #expect(try #require(clock.offset) >= .milliseconds(2_000))
    }

    @Test(arguments: [0, 1_000, 1_609_459_199_999, 4_102_444_800_001, UInt64.max])
    func `a time that cannot be is no sample`(milliseconds: UInt64) {
        #expect(NetworkClock.Sample(milliseconds: milliseconds, asked: .now, answered: .now) == nil)
    }

    @Test func `ordinary replies correct a clock that went astray, but not one node alone`() throws {
        let clock = NetworkClock { Self.system }
        clock.set([try sample(Self.system)])
        for _ in 0..<30 { clock.learn(try sample(Self.system + 60_000), from: .test(1)) }
        #expect(clock.now() < Self.system + 30_000)
        for number in 0..<30 { clock.learn(try sample(Self.system + 60_000), from: .test(number % 4)) }
        #expect(clock.now() >= Self.system + 60_000)
    }

    @Test func `two seconds are no reason`() throws {
        let clock = NetworkClock { Self.system }
        clock.set([try sample(Self.system)])
        for number in 0..<30 { clock.learn(try sample(Self.system + 1_500), from: .test(number)) }
        #expect(clock.now() < Self.system + 1_000)
    }
}
