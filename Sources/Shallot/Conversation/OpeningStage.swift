import ShallotModels

/// Which of a conversation's rows are realised while it opens: at first those around the place where it opens, more in every
/// idle moment, at last all. Nobody waits for rows that are out of sight.
struct OpeningStage {
    /// As many rows as a usual window shows; a tall one is full one moment later.
    private static let firstRows = 16
    private static let rowsAbove = 6
    /// Some milliseconds of work.
    private static let step = 12

    /// The row at which the conversation opens; `nil` for the end.
    private let start: MessageRow.ID?
    private var above: Int
    private var below = Self.firstRows

    init(at start: MessageRow.ID?) {
        self.start = start
        above = start == nil ? Self.firstRows : Self.rowsAbove
    }

    func part(of rows: [MessageRow]) -> ArraySlice<MessageRow> {
        guard let start else { return rows.suffix(above) }
        guard let index = rows.firstIndex(where: { $0.id == start }) else { return rows[...] }
        return rows[max(0, index - above)..<min(rows.count, index + below)]
    }

    mutating func grow() {
        above += Self.step
        below += Self.step
    }
}
