import BaseKit
import Foundation
import SessionNetwork
import SessionWire
import ShallotStore
import SodiumKit
import Synchronization

/// The parts that work for one account, and the tasks they work in.
final class ActiveAccount: Sendable {
    let keys: AccountKeys
    let outbox: Outbox
    let poller: Poller
    let calls: CallService
    let configs: ConfigBook
    let sync: ConfigSync
    private let network: SessionNetwork
    private let tasks = Mutex<[Task<Void, Never>]>([])

    init(
        keys: AccountKeys, store: Store, network: SessionNetwork, options: MessengerOptions,
        report: @escaping @Sendable (MessengerEvent) -> Void
    ) {
        self.keys = keys
        self.network = network
        let callBox = CallBox()
        let configs = ConfigBook(store: store, keys: keys) { network.now() }
        let sync = ConfigSync(
            configs: configs, signer: keys, network: network, scale: options.retryScale, report: report)
        (self.configs, self.sync) = (configs, sync)
        let receiver = Receiver(
            store: store, keys: keys, networkNow: { network.now() }, now: options.now, configs: configs, report: report,
            takeCall: { await callBox.service?.receive($0) })
        poller = Poller(
            network: network, keys: keys, namespaces: [.messages] + ConfigSync.namespaces,
            lastHashes: .database(store, now: options.now)
        ) { result in
            do {
                // People first: they decide which conversations there are.
                try await sync.receive(result)
                try await receiver.receive(result)
            } catch {
                report(.storageFailed("\(error)"))
                throw error
            }
        }
        outbox = Outbox(
            store: store, keys: keys, schedule: RetrySchedule(scale: options.retryScale),
            dependencies: OutboxDependencies(
                deliver: { request throws(NetworkError) in try await network.store(request) },
                measureTime: { () throws(NetworkError) in _ = try await network.synchronizedNow() },
                status: { network.status }, networkNow: { network.now() }, now: options.now, report: report,
                didStore: { [poller] in await poller.pollNow() }))
        calls = CallService(
            store: store, keys: keys,
            dependencies: CallDependencies(
                deliver: { request throws(NetworkError) in try await network.store(request) },
                networkNow: { network.now() }, now: options.now,
                sentTime: { [outbox] in
                    _ = try await network.synchronizedNow()
                    return try await outbox.queue { _, times in times.next() }
                }, setUrgent: { [poller] in await poller.setUrgent($0) },
                addresses: { OwnAddresses.current() }, relays: options.definition.peerRelays,
                random: SystemRandom(), retryScale: options.retryScale, report: report))
        callBox.service = calls
    }

    deinit { cancel() }

    /// - Parameter receives: `false` only sends.
    func start(receives: Bool) {
        var started = [
            Task { [outbox] in await outbox.run() },
            Task { [outbox, network, sync] in
                var phase: NetworkStatus.Phase?
                for await status in network.statusUpdates() where status.phase != phase {
                    phase = status.phase
                    await outbox.resume(networkIsBack: status.phase == .ready)
                    guard status.phase == .ready else { continue }
                    await outbox.retryUnseen()
                    await sync.resume()
                }
            },
        ]
        if receives {
            started.append(
                Task { [poller, sync] in
                    await sync.catchUp()
                    await withDiscardingTaskGroup { group in
                        group.addTask { await poller.run() }
                        group.addTask { await sync.run() }
                    }
                })
        }
        tasks.withLock { [started] in $0 += started }
    }

    /// Ends the work and waits until it has ended.
    func stop() async {
        let stopped = cancel()
        for task in stopped { await task.value }
    }

    /// Ends the work where it stands.
    @discardableResult
    func cancel() -> [Task<Void, Never>] {
        let cancelled = tasks.withLock { tasks in
            defer { tasks = [] }
            return tasks
        }
        cancelled.forEach { $0.cancel() }
        return cancelled
    }
}
