package import BaseKit
package import Foundation
package import MediaKit
package import SessionNetwork
package import SessionWire

/// What calls need from outside; the messenger assembles the live one.
package struct CallDependencies: Sendable {
    /// Stores bytes in somebody's swarm.
    package var deliver: @Sendable (StoreRequest) async throws(NetworkError) -> StoreReceipt
    /// Network time in milliseconds.
    package var networkNow: @Sendable () -> UInt64
    /// The machine's clock.
    package var now: @Sendable () -> Date
    /// A sent time that no message of this account has.
    package var sentTime: @Sendable () async throws -> UInt64
    /// Signals are waited for: the swarm should be asked every second.
    package var setUrgent: @Sendable (Bool) async -> Void
    /// The machine's own addresses; `nil` when they are not known.
    package var addresses: @Sendable () -> Set<String>?
    package var relays: [PeerOptions.Relay]
    package var random: any RandomSource
    /// Multiplies the pauses between attempts.
    package var retryScale: Double
    package var report: @Sendable (MessengerEvent) -> Void
}
