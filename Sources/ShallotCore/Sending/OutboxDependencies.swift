import Foundation
import SessionNetwork
import SessionWire

/// What the outbox needs from outside; the messenger assembles the live one.
struct OutboxDependencies: Sendable {
    /// Stores bytes in the recipient's swarm.
    var deliver: @Sendable (StoreRequest) async throws(NetworkError) -> StoreReceipt
    /// Waits until the network's time is known.
    var measureTime: @Sendable () async throws(NetworkError) -> Void
    /// How the network is doing.
    var status: @Sendable () -> NetworkStatus
    /// Network time in milliseconds.
    var networkNow: @Sendable () -> UInt64
    /// The machine's clock.
    var now: @Sendable () -> Date
    /// Tells what became of a message.
    var report: @Sendable (MessengerEvent) -> Void
    /// Something was stored; an answer may follow.
    var didStore: @Sendable () async -> Void
}
