import Devnet
import Foundation
import SessionNetwork
import SessionWire
import ShallotCore
import ShallotTestSupport

/// A profile on a network of its own, connected.
struct ConnectedProfile {
    let devnet: Devnet
    let messenger: Messenger
    let own: AccountID

    var network: SessionNetwork { messenger.network }

    /// Runs `body` with a profile whose network has two paths that work, and closes everything afterwards.
    /// - Parameter offset: how far the machine's clock is ahead, in seconds.
    @MainActor static func run(
        offset: TimeInterval = 0, _ body: @MainActor (ConnectedProfile) async throws -> Void
    ) async throws {
        try await run(offset: offset, account: { try await $0.createAccount(displayName: "Maria") }, body)
    }

    /// The same with an account that comes back from its recovery phrase.
    @MainActor static func restored(
        _ phrase: String, _ body: @MainActor (ConnectedProfile) async throws -> Void
    ) async throws {
        try await run(offset: 0, account: { try await $0.restoreAccount(phrase: phrase, displayName: nil) }, body)
    }

    @MainActor private static func run(
        offset: TimeInterval, account: (Messenger) async throws -> AccountID,
        _ body: @MainActor (ConnectedProfile) async throws -> Void
    ) async throws {
        let devnet = Devnet(.alone())
        try await devnet.start()
        let messenger = try await Messenger.open(
            MessengerOptions(
                directory: Profile.freshDirectory(),
                definition: try NetworkDefinition.parse([UInt8](await devnet.definition)), network: .patient,
                now: { Date().addingTimeInterval(offset) }))
        let own = try await account(messenger)
        do {
            await messenger.start()
            try await body(ConnectedProfile(devnet: devnet, messenger: messenger, own: own))
        } catch {
            await messenger.close()
            await devnet.stop()
            throw error
        }
        await messenger.close()
        await devnet.stop()
    }

    /// Waits for two paths that have carried something.
    @MainActor func ready() async {
        await until {
            await messenger.pollNow()
            return network.status.phase == .ready && network.status.readyPaths == 2
        }
    }
}
