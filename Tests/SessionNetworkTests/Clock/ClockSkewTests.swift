import BaseKit
import Devnet
import Foundation
import SessionWire
import Testing

@testable import SessionNetwork

@Suite("Clocks that are wrong", .timeLimit(.minutes(5))) struct ClockSkewTests {
    @Test(arguments: [-3_600, 3_600])
    func `a machine that is an hour off sends and fetches`(seconds: Int) async throws {
        var options = NetworkOptions.quick
        options.systemTime = { UInt64(Date().timeIntervalSince1970 * 1_000 + Double(seconds) * 1_000) }
        try await LiveNetwork.run(options: options) { live in
            let keys = try AccountKeys.random()
            #expect(try await live.network.store(.text("hello", to: keys.accountID)).confirmed > 0)
            let result = try await live.network.poll(keys: keys, namespaces: [.messages, .contacts]) { _, _ in nil }
            #expect(result.items[.messages]?.count == 1)
            let offset = try #require(live.network.status.clockOffset)
            // Half of a round trip may be wrong, which on a busy machine is no small time.
            #expect(abs(offset.components.seconds + Int64(seconds)) <= 60)
            let now = try await live.network.synchronizedNow()
            let difference = Int64(now) - (await live.devnet.now)
            #expect(abs(difference) < 60_000)
        }
    }

    @Test func `when the whole network's clock has moved, a refusal leads to asking again`() async throws {
        try await LiveNetwork.run { live in
            let keys = try AccountKeys.random()
            _ = try await live.network.store(.text("hello", to: keys.accountID))
            await live.devnet.advanceClock(by: .seconds(300), isSweeping: false)
            let result = try await live.network.poll(keys: keys, namespaces: [.messages]) { _, _ in nil }
            #expect(result.items[.messages]?.count == 1)
        }
    }

    @Test func `a member with a wrong clock is left for another`() async throws {
        try await LiveNetwork.run { live in
            let keys = try AccountKeys.random()
            _ = try await live.network.store(.text("hello", to: keys.accountID))
            let swarm = await live.devnet.swarm(of: keys.accountID)
            try await live.devnet.skewClock(swarm[0], .seconds(120))
            for _ in 0..<swarm.count + 1 {
                let result = try await live.network.poll(keys: keys, namespaces: [.messages]) { _, _ in nil }
                #expect(result.items[.messages]?.count == 1)
            }
        }
    }

    /// - Source: network.md §1.6
    @Test func `an old time is asked again when the machine wakes up, a recent one is not`() async throws {
        for lifetime in [Duration.zero, .seconds(600)] {
            var options = NetworkOptions.quick
            options.clockLifetime = lifetime
            try await LiveNetwork.run(options: options) { live in
                try await live.ready()
                let before = live.network.now()
                await live.devnet.advanceClock(by: .seconds(3_600), isSweeping: false)
                await live.network.networkChanged(isAvailable: true)
                guard lifetime > .zero else {
                    return try await eventually { live.network.now() > before + 3_500_000 }
                }
                try await eventually { await live.network.background.isEmpty }
                #expect(live.network.now() < before + 3_500_000)
            }
        }
    }
}
