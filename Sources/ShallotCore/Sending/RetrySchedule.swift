public import Foundation
public import SessionNetwork

/// When a message that could not be stored is tried again, and when it is given up.
/// - Source: identity-and-messages.md §6.2
public struct RetrySchedule: Sendable {
    /// Attempts that reached the network; those without a way into it do not count.
    public static let maximumAttempts = 10
    /// Measured from when the person pressed Send (or Try Again).
    public static let maximumAge: TimeInterval = 24 * 60 * 60
    public static let longestPause = Duration.seconds(150)
    /// While there is no way into the network, besides waking up as soon as there is one.
    public static let offlinePause = Duration.seconds(15)

    /// What happens after a failure.
    public enum Step: Equatable, Sendable {
        case retry(after: Duration, attempts: Int)
        case giveUp(FailureReason)
    }

    /// Every pause is multiplied with this; tests make it small.
    public var scale: Double

    public init(scale: Double = 1) { self.scale = scale }

    /// - Parameters:
    ///   - attempts: attempts that counted before this one.
    ///   - age: seconds since the message was queued.
    public func step(after error: NetworkError, attempts: Int, age: TimeInterval) -> Step {
        if error.isPermanent { return .giveUp(FailureReason(error)) }
        let counted = Self.counts(error) ? attempts + 1 : attempts
        guard age < Self.maximumAge, counted < Self.maximumAttempts else { return .giveUp(FailureReason(error)) }
        return .retry(after: pause(attempts: counted, counts: Self.counts(error)), attempts: counted)
    }

    private func pause(attempts: Int, counts: Bool) -> Duration {
        guard counts else { return Self.offlinePause * scale }
        let seconds = 0.25 * pow(2, Double(min(attempts, 16)))
        return min(.seconds(seconds), Self.longestPause) * scale
    }

    /// Whether the network was there to fail.
    static func counts(_ error: NetworkError) -> Bool {
        switch error {
        case .offline, .noSeedReachable, .noPath, .cancelled: false
        default: true
        }
    }
}
