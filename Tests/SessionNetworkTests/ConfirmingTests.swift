import BaseKit
import Devnet
import SessionNetwork
import SessionWire
import Testing

/// - Source: network.md §4.4
@Suite("Messages that few members hold", .timeLimit(.minutes(5))) struct ConfirmingTests {
    private var options: NetworkOptions {
        var options = NetworkOptions.quick
        options.confirmationPauses = Array(repeating: .milliseconds(20), count: 1_000)
        return options
    }

    /// Makes all members but one fail to keep what is stored, so often as `times` says.
    private func failMembers(of account: AccountID, on devnet: Devnet, times: Int? = nil) async {
        for index in await devnet.swarm(of: account).dropFirst() {
            await devnet.plan(Fault(.memberQueryFailure, node: index, times: times))
        }
    }

    private func holders(_ account: AccountID, on devnet: Devnet) async -> Int {
        await devnet.messages(of: account).count { $0.count == 1 }
    }

    @Test func `a message that less than half of the members hold is stored again until enough do`() async throws {
        try await LiveNetwork.run(options: options) { live in
            let keys = try AccountKeys.random()
            await failMembers(of: keys.accountID, on: live.devnet, times: 3)
            let receipt = try await live.network.store(.text("hello", to: keys.accountID))
            #expect(!receipt.isSettled)
            let members = await live.devnet.swarm(of: keys.accountID).count
            try await eventually { await holders(keys.accountID, on: live.devnet) == members }
            #expect(await live.devnet.messages(of: keys.accountID).allSatisfy { $0.count == 1 })
        }
    }

    @Test func `what was to be stored again is, after the machine has changed its network`() async throws {
        try await LiveNetwork.run(options: options) { live in
            let keys = try AccountKeys.random()
            await failMembers(of: keys.accountID, on: live.devnet)
            _ = try await live.network.store(.text("hello", to: keys.accountID))
            await live.network.networkChanged(isAvailable: true)
            await live.devnet.clearFaults()
            try await eventually { await holders(keys.accountID, on: live.devnet) >= 3 }
        }
    }

    @Test(arguments: [(1, 6, false), (2, 6, false), (3, 6, true), (2, 5, false), (3, 5, true), (1, 1, true)])
    func `half of the members are enough`(confirmed: Int, members: Int, isSettled: Bool) {
        let hash = StoreRequest(
            account: AccountKeys.generate().accountID, data: [1], ttl: 1, timestamp: 1
        ).expectedHash
        #expect(StoreReceipt(hash: hash, confirmed: confirmed, members: members).isSettled == isSettled)
    }
}
