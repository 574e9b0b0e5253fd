public import SessionNetwork

/// The state of the network in the words that the path button, Preferences and the path page share.
public nonisolated struct NetworkSummary: Equatable, Sendable {
    /// Which ring the path button shows.
    public enum Level: Sendable { case offline, connecting, onePath, ready }

    public let level: Level
    /// "2 paths", "connecting", "offline".
    public let words: String

    public init(_ status: NetworkStatus) {
        switch (status.phase, status.readyPaths) {
        case (.offline, _): (level, words) = (.offline, tr("Offline"))
        case (.ready, 2...): (level, words) = (.ready, trn("{n} path", "{n} paths", status.readyPaths))
        case (_, 1...): (level, words) = (.onePath, trn("{n} path", "{n} paths", status.readyPaths))
        default: (level, words) = (.connecting, tr("Connecting"))
        }
    }
}
