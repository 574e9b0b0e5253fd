public import MediaKit

/// How well a call goes, as bars and in a word.
public nonisolated enum CallQuality: Int, Sendable, Comparable {
    case poor = 1, fair, good

    /// - Returns: `nil` before the other side reported anything.
    public init?(_ statistics: PeerStatistics) {
        guard statistics.roundTrip != nil || statistics.lost != nil else { return nil }
        let (delay, lost) = (statistics.roundTrip ?? 0, statistics.lost ?? 0)
        self =
            switch (delay, lost) {
            case (...0.3, ..<0.03): .good
            case (...0.6, ..<0.1): .fair
            default: .poor
            }
    }

    public var words: String {
        switch self {
        case .good: tr("Good connection")
        case .fair: tr("Fair connection")
        case .poor: tr("Poor connection")
        }
    }

    public static func < (one: CallQuality, other: CallQuality) -> Bool { one.rawValue < other.rawValue }
}
