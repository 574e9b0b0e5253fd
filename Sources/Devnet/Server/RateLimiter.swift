/// A token bucket for each peer address.
/// - Source: network.md §3.6
struct RateLimiter: Sendable {
    private let limit: DevnetOptions.RateLimit
    private var buckets: [String: (tokens: Double, at: Int64)] = [:]

    init(_ limit: DevnetOptions.RateLimit) { self.limit = limit }

    /// Whether the peer may ask once more at `now` (milliseconds).
    mutating func admit(_ peer: String, now: Int64) -> Bool {
        var (tokens, last) = buckets[peer] ?? (Double(limit.burst), now)
        tokens = min(Double(limit.burst), tokens + Double(max(0, now - last)) / 1000 * Double(limit.perSecond))
        let isAdmitted = tokens >= 1
        buckets[peer] = (isAdmitted ? tokens - 1 : tokens, now)
        return isAdmitted
    }
}
