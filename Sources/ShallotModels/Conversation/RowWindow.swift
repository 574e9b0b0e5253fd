import Foundation
import ShallotStore

/// The part of a conversation that is shown: records without a gap, oldest first, and whether there are more at the ends.
/// A value; it decides what to drop so that the rows stay under their limit.
nonisolated struct RowWindow: Sendable {
    /// The most rows that are realised, with days and the unread line.
    static let maximumRows = 150
    /// How many messages come with one page.
    static let pageSize = 50

    enum End { case older, newer }

    var records: [MessageRecord] = []
    var hasOlder = false
    var hasNewer = false

    /// Drops records at `end` until the rows fit.
    mutating func trim(at end: End, rows: MessageRows) {
        let days = records.map { rows.times.dayNumber($0.sentAt) }
        let unreadIndex = rows.unread.flatMap { mark in records.firstIndex { $0.id == mark.first } }
        var range = days.indices
        while !range.isEmpty {
            let hasLine = unreadIndex.map(range.contains) ?? false
            let excess = rows.rowCount(of: days[range], hasUnreadLine: hasLine) - Self.maximumRows
            guard excess > 0 else { break }
            // A dropped record takes at most itself and its day, so half the excess is always safe to drop at once.
            let step = max(1, excess / 3)
            range =
                end == .older
                ? (range.lowerBound + step)..<range.upperBound : range.lowerBound..<(range.upperBound - step)
        }
        if range.lowerBound > 0 { hasOlder = true }
        if range.upperBound < records.count { hasNewer = true }
        if range != records.indices { records = Array(records[range]) }
    }
}
