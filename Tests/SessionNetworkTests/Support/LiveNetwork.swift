import BaseKit
import Devnet
import SessionNetwork
import SessionWire
import ShallotTestSupport
import SodiumKit
import Testing

/// A devnet of its own and a client on it.
struct LiveNetwork: Sendable {
    let devnet: Devnet
    let network: SessionNetwork
    let state: MemoryState

    /// Runs `body` with a fresh devnet and closes everything afterwards.
    static func run(
        devnet change: (inout DevnetOptions) -> Void = { _ in }, options: NetworkOptions = .quick,
        starting: Bool = true, _ body: (LiveNetwork) async throws -> Void
    ) async throws {
        var devnetOptions = DevnetOptions.alone()
        devnetOptions.hopTimeout = .milliseconds(300)
        devnetOptions.peerTimeout = .milliseconds(50)
        change(&devnetOptions)
        let devnet = Devnet(devnetOptions)
        try await devnet.start()
        let state = MemoryState()
        let network = SessionNetwork(
            definition: try NetworkDefinition.parse([UInt8](await devnet.definition)), storage: state.storage,
            options: options)
        let live = LiveNetwork(devnet: devnet, network: network, state: state)
        do {
            if starting { await network.start() }
            try await body(live)
        } catch {
            await live.stop()
            throw error
        }
        await live.stop()
    }

    func stop() async {
        await network.stop()
        await devnet.stop()
    }

    /// A second client of the same devnet, with what the first one kept or with nothing.
    func anotherClient(
        state: MemoryState = MemoryState(), options: NetworkOptions = .quick
    ) async throws -> SessionNetwork {
        try await anotherClient(storage: state.storage, options: options)
    }

    func anotherClient(
        storage: NetworkStateStorage, options: NetworkOptions = .quick
    ) async throws -> SessionNetwork {
        SessionNetwork(
            definition: try NetworkDefinition.parse([UInt8](await devnet.definition)), storage: storage,
            options: options)
    }

    /// Waits until the client has a path and the time.
    func ready() async throws { try await network.becomes { $0.phase == .ready } }

    /// The devnet's numbers of the nodes of a path.
    func indexes(_ path: PathInfo) async -> [Int] {
        var result: [Int] = []
        for hop in path.hops {
            if let index = await devnet.node(withID: hop.id) { result.append(index) }
        }
        return result
    }

    /// The devnet's numbers of the entry nodes in use.
    func entries() async -> [Int] {
        var result: [Int] = []
        for path in await network.paths() { result.append(await indexes(path)[0]) }
        return result
    }
}

extension SessionNetwork {
    /// Waits until the status is as wished. The test's time limit ends a wait in vain.
    func becomes(_ condition: (NetworkStatus) -> Bool) async throws {
        for await status in statusUpdates() where condition(status) { return }
        throw CancellationError()
    }
}

/// Waits until a condition holds; the test's time limit ends a wait in vain.
func eventually(_ condition: () async throws -> Bool) async throws {
    while try await !condition() { try await Task.sleep(for: .milliseconds(5)) }
}

extension NetworkOptions {
    /// Pauses are short, limits are long.
    static var quick: NetworkOptions {
        var options = NetworkOptions.patient
        options.poolRetry = .milliseconds(10)
        options.entryRetry = .milliseconds(200)
        options.busyPause = .milliseconds(10)
        return options
    }
}

extension AccountKeys {
    static func random() throws -> AccountKeys { try AccountKeys(seed: .random(16)) }
}

extension StoreRequest {
    /// Some bytes for an account.
    static func text(_ text: String, to account: AccountID) -> StoreRequest {
        StoreRequest(account: account, data: Array(text.utf8), ttl: 86_400_000, timestamp: 1)
    }
}
