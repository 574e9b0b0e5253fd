package import Foundation
package import SessionNetwork
package import SessionWire

/// What the outbox needs from outside; the messenger assembles the live one.
package struct OutboxDependencies: Sendable {
    /// Stores bytes in the recipient's swarm.
    package var deliver: @Sendable (StoreRequest) async throws(NetworkError) -> StoreReceipt
    /// Waits until the network's time is known.
    package var measureTime: @Sendable () async throws(NetworkError) -> Void
    /// How the network is doing.
    package var status: @Sendable () -> NetworkStatus
    /// Network time in milliseconds.
    package var networkNow: @Sendable () -> UInt64
    /// The machine's clock.
    package var now: @Sendable () -> Date
    /// Tells what became of a message.
    package var report: @Sendable (MessengerEvent) -> Void
    /// Something was stored; an answer may follow.
    package var didStore: @Sendable () async -> Void

    package init(
        deliver: @escaping @Sendable (StoreRequest) async throws(NetworkError) -> StoreReceipt,
        measureTime: @escaping @Sendable () async throws(NetworkError) -> Void,
        status: @escaping @Sendable () -> NetworkStatus, networkNow: @escaping @Sendable () -> UInt64,
        now: @escaping @Sendable () -> Date, report: @escaping @Sendable (MessengerEvent) -> Void,
        didStore: @escaping @Sendable () async -> Void
    ) {
        self.deliver = deliver
        self.measureTime = measureTime
        self.status = status
        self.networkNow = networkNow
        self.now = now
        self.report = report
        self.didStore = didStore
    }
}
