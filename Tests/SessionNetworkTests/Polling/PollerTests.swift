import BaseKit
import Devnet
import SessionNetwork
import SessionWire
import Synchronization
import Testing

@Suite("Polling", .timeLimit(.minutes(5))) struct PollerTests {
    /// What a profile would do with polled messages.
    private final class Inbox: Sendable {
        private struct State {
            var texts: [String] = []
            var hashes: [String: MessageHash] = [:]
            var failsOnce = false
            var nodes: [ServiceNodeID] = []
            var polls = 0
        }
        private let state = Mutex(State())

        var texts: [String] { state.withLock { $0.texts } }
        var polls: Int { state.withLock { $0.polls } }
        var nodes: [ServiceNodeID] { state.withLock { $0.nodes } }
        func failOnce() { state.withLock { $0.failsOnce = true } }

        var lastHashes: LastHashStorage {
            LastHashStorage(
                get: { [self] node, namespace in state.withLock { $0.hashes["\(node) \(namespace.rawValue)"] } },
                set: { [self] node, namespace, position in
                    state.withLock { $0.hashes["\(node) \(namespace.rawValue)"] = position.hash }
                })
        }

        func deliver(_ result: PollResult) throws {
            try state.withLock { state in
                state.polls += 1
                state.nodes.append(result.node.id)
                if state.failsOnce, !result.isEmpty {
                    state.failsOnce = false
                    throw CancellationError()
                }
                for item in result.items[.messages] ?? [] {
                    let text = String(decoding: item.data, as: UTF8.self)
                    if !state.texts.contains(text) { state.texts.append(text) }
                }
            }
        }
    }

    private static var quick: PollPolicy {
        var policy = PollPolicy()
        (policy.focused, policy.visible, policy.hidden) = (.milliseconds(10), .milliseconds(10), .milliseconds(10))
        (policy.failureStep, policy.failureLimit) = (.milliseconds(10), .milliseconds(50))
        return policy
    }

    private func run(
        policy: PollPolicy = quick, _ body: (LiveNetwork, AccountKeys, Inbox, Poller) async throws -> Void
    ) async throws {
        try await LiveNetwork.run { live in
            let keys = try AccountKeys.random()
            let inbox = Inbox()
            let poller = Poller(
                network: live.network, keys: keys, namespaces: [.messages, .userProfile], lastHashes: inbox.lastHashes,
                policy: policy
            ) { try inbox.deliver($0) }
            let task = Task { await poller.run() }
            do { try await body(live, keys, inbox, poller) } catch {
                task.cancel()
                throw error
            }
            task.cancel()
            await task.value
        }
    }

    @Test func `messages arrive, once each`() async throws {
        try await run { live, keys, inbox, _ in
            for number in 1...3 { _ = try await live.network.store(.text("\(number)", to: keys.accountID)) }
            try await eventually { inbox.texts.count == 3 }
            #expect(inbox.texts == ["1", "2", "3"])
        }
    }

    @Test func `what could not be kept comes again`() async throws {
        try await run { live, keys, inbox, _ in
            inbox.failOnce()
            _ = try await live.network.store(.text("important", to: keys.accountID))
            try await eventually { inbox.texts == ["important"] }
        }
    }

    @Test func `several members have their turn`() async throws {
        try await run { _, _, inbox, _ in
            try await eventually { Set(inbox.nodes).count >= 3 }
            #expect(inbox.nodes.prefix(6).allSatisfy { $0 == inbox.nodes.first })
        }
    }

    @Test func `a poll can be asked for`() async throws {
        var policy = PollPolicy()
        (policy.focused, policy.visible) = (.seconds(3_600), .seconds(3_600))
        try await run(policy: policy) { live, keys, inbox, poller in
            try await eventually { inbox.polls == 1 }
            _ = try await live.network.store(.text("hello", to: keys.accountID))
            await poller.pollNow()
            try await eventually { inbox.texts == ["hello"] }
        }
    }

    @Test func `coming back after a long absence looks at once`() async throws {
        var policy = PollPolicy()
        (policy.visible, policy.hidden, policy.hiddenPatience) = (.seconds(3_600), .seconds(7_200), .zero)
        try await run(policy: policy) { _, _, inbox, poller in
            await poller.setAttention(.hidden)
            try await eventually { inbox.polls == 1 }
            await poller.setAttention(.visible)
            try await eventually { inbox.polls == 2 }
        }
    }

    @Test func `a paused poller rests until it is resumed`() async throws {
        try await run { live, keys, inbox, poller in
            try await eventually { inbox.polls > 0 }
            await poller.pause()
            let polls = inbox.polls
            _ = try await live.network.store(.text("hello", to: keys.accountID))
            for number in 0..<10 { _ = try await live.network.store(.text("\(number)", to: keys.accountID)) }
            #expect(inbox.polls <= polls + 1)
            await poller.resume()
            try await eventually { inbox.texts.contains("hello") }
        }
    }

    @Test func `a poller sleeps without network and wakes with it`() async throws {
        try await run { live, keys, inbox, _ in
            try await eventually { inbox.polls > 0 }
            await live.network.stop()
            await live.devnet.inject(Array("while away".utf8), for: keys.accountID)
            await live.network.start()
            try await eventually { inbox.texts == ["while away"] }
        }
    }

    @Test func `a node that claims more for ever does not keep us busy`() async throws {
        var policy = PollPolicy()
        (policy.focused, policy.visible) = (.seconds(3_600), .seconds(3_600))
        try await run(policy: policy) { live, keys, inbox, poller in
            try await eventually { inbox.polls == 1 }
            await live.devnet.plan(Fault(.endlessMore))
            _ = try await live.network.store(.text("hello", to: keys.accountID))
            await poller.pollNow()
            try await eventually { inbox.texts == ["hello"] }
            // As long as many polls would take: only the one that finds nothing more may still come.
            let other = AccountKeys.generate().accountID
            for number in 0..<20 { _ = try await live.network.store(.text("\(number)", to: other)) }
            #expect(inbox.polls <= 3)
        }
    }

    @Test func `many waiting messages are drained at once`() async throws {
        var policy = PollPolicy()
        (policy.focused, policy.visible) = (.seconds(3_600), .seconds(3_600))
        try await run(policy: policy) { live, keys, inbox, poller in
            try await eventually { inbox.polls == 1 }
            for number in 0..<300 { await live.devnet.inject(Array("\(number)".utf8), for: keys.accountID) }
            await poller.pollNow()
            try await eventually { inbox.texts.count == 300 }
        }
    }
}

@Suite("How often a poller asks") struct PollPolicyTests {
    @Test(arguments: [
        (PollPolicy.Attention.focused, 0, Duration.zero, Duration.seconds(2)), (.visible, 0, .zero, .seconds(5)),
        (.hidden, 0, .seconds(599), .seconds(5)), (.hidden, 0, .seconds(601), .seconds(15)),
        (.focused, 1, .zero, .seconds(4)), (.focused, 2, .zero, .seconds(6)), (.hidden, 100, .zero, .seconds(15)),
    ])
    func `the wait depends on who looks and on failures`(
        attention: PollPolicy.Attention, failures: Int, hiddenFor: Duration, expected: Duration
    ) {
        #expect(PollPolicy().interval(attention, failures: failures, hiddenFor: hiddenFor) == expected)
    }

    @Test(arguments: [
        (PollPolicy.Attention.focused, 0, Duration.seconds(2)), (.visible, 0, .seconds(20)), (.hidden, 0, .seconds(20)),
        (.visible, 1, .seconds(4)),
    ])
    func `where every byte costs, only who looks has it soon`(
        attention: PollPolicy.Attention, failures: Int, expected: Duration
    ) {
        let wait = PollPolicy().interval(attention, failures: failures, hiddenFor: .seconds(601), isMetered: true)
        #expect(wait == expected)
    }
}
