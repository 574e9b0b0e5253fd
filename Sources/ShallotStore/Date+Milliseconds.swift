import Foundation

extension Date {
    /// Largest distance from 1970 that is kept, some 285,000 years; what claims more is cut to it.
    private static let millisecondLimit = 9e15

    init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }

    /// As it comes back from the database.
    var inWholeMilliseconds: Date { Date(milliseconds: milliseconds) }

    /// Whole Unix milliseconds, as the database keeps time.
    var milliseconds: Int64 {
        let value = (timeIntervalSince1970 * 1000).rounded()
        guard value.isFinite else {
            return value == -.infinity ? -Int64(Self.millisecondLimit) : Int64(Self.millisecondLimit)
        }
        return Int64(Swift.min(Swift.max(value, -Self.millisecondLimit), Self.millisecondLimit))
    }
}
