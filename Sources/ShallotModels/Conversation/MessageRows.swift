import Foundation
import SessionWire
import ShallotStore

/// Turns records into rows: adds days and the unread line, joins bubbles into series, finds the words.
nonisolated struct MessageRows: Sendable {
    /// Messages closer than this stand together.
    static let seriesGap: TimeInterval = 5 * 60

    var times: TimeTexts
    var now: Date
    var own: AccountID
    /// What the other side is called, isolated for direction.
    var peerName: String
    var conversation: ConversationID
    var isSafeView = false
    /// The first message below the unread line and how many were unread when the conversation was opened.
    var unread: UnreadMark?
    /// Deleted, but can still be taken back.
    var hidden: Set<MessageID> = []
    /// Long ones of which everything is shown.
    var unfolded: Set<MessageID> = []
    /// When this device got the account; `nil` if that says nothing here.
    var accountSince: Date?

    /// - Parameters:
    ///   - all: oldest first.
    ///   - hasOlder: there are more before them.
    func rows(for all: [MessageRecord], hasOlder: Bool = true) -> [MessageRow] {
        let records = hidden.isEmpty ? all : all.filter { !hidden.contains($0.id) }
        var rows: [MessageRow] = []
        rows.reserveCapacity(records.count + 8)
        if !hasOlder, let first = all.first, isFetched(first) {
            rows.append(
                MessageRow(
                    id: .beginning, content: .control(tr("Messages older than 14 days are not on the network"))))
        }
        let days = records.map { times.dayNumber($0.sentAt) }
        for (index, record) in records.enumerated() {
            let startsDay = index == 0 || days[index - 1] != days[index]
            if startsDay {
                rows.append(MessageRow(id: .day(days[index]), content: .day(times.day(record.sentAt, now: now))))
            }
            let isUnreadStart = unread?.first == record.id
            if isUnreadStart {
                rows.append(MessageRow(id: .unread, content: .unread(tr("New messages"))))
            }
            let joinsAbove = !startsDay && !isUnreadStart && joins(records[index - 1], record)
            let next = index + 1
            let joinsBelow =
                next < records.count && days[next] == days[index] && unread?.first != records[next].id
                && joins(record, records[next])
            rows.append(row(record, joinsAbove: joinsAbove, joinsBelow: joinsBelow))
        }
        return rows
    }

    /// Whether the message is older than the account on this device: then it came with what the network still had, and what
    /// was before it may only exist elsewhere. Clocks of other people may be off by minutes.
    private func isFetched(_ first: MessageRecord) -> Bool {
        accountSince.map { first.sentAt < $0.addingTimeInterval(-60 * 60) } ?? false
    }

    /// How many rows `records` become, without making them.
    func rowCount(of days: ArraySlice<Int>, hasUnreadLine: Bool) -> Int {
        guard var previous = days.first else { return 0 }
        var count = 1 + days.count + (hasUnreadLine ? 1 : 0)
        for day in days.dropFirst() where day != previous { (previous, count) = (day, count + 1) }
        return count
    }

    private func joins(_ above: MessageRecord, _ below: MessageRecord) -> Bool {
        above.isBubble && below.isBubble && above.author == below.author && above.isOutgoing == below.isOutgoing
            && below.sentAt.timeIntervalSince(above.sentAt) < Self.seriesGap
    }

    private func row(_ record: MessageRecord, joinsAbove: Bool, joinsBelow: Bool) -> MessageRow {
        let id = MessageRow.ID.message(record.id)
        if let line = MessageRow.CallLine(record, name: peerName, times: times) {
            return MessageRow(id: id, content: .call(line))
        }
        if let text = ControlText.text(of: record.kind, name: peerName) {
            return MessageRow(id: id, content: .control(text))
        }
        let beginning = TextFold.beginning(of: record.body)
        let isUnfolded = unfolded.contains(record.id)
        let shown = isUnfolded ? record.body : beginning ?? record.body
        let author = record.isOutgoing ? tr("You") : peerName
        return MessageRow(
            id: id,
            content: .bubble(
                MessageRow.Bubble(
                    isOutgoing: record.isOutgoing, author: author,
                    avatar: AvatarLook(name: author, id: .account(record.author)), text: record.noted(record.body),
                    fold: beginning == nil ? nil : isUnfolded ? .unfolded : .folded,
                    pieces: TextPiece.pieces(of: record.noted(shown), withLinks: !isSafeView),
                    isOnlyEmoji: TextPiece.isOnlyEmoji(record.noted(record.body)), timeText: times.time(record.sentAt),
                    status: status(of: record), joinsAbove: joinsAbove, joinsBelow: joinsBelow)))
    }

    private func status(of record: MessageRecord) -> MessageRow.Bubble.Status? {
        guard record.isOutgoing else { return nil }
        return switch record.delivery {
        case .none: nil
        case .waiting: .waiting
        case .sent: .sent
        case .read: .read
        case .failed(let reason): .failed(tr("Not sent: {reason}", ["reason": FailureText.reason(reason)]))
        }
    }
}

/// Where "New messages" stands: fixed when the conversation is opened, gone when it is left.
nonisolated struct UnreadMark: Equatable, Sendable {
    var first: MessageID
}
