import Foundation
import SessionWire
import ShallotStore

/// What a batch has to know of a conversation before messages go into it.
struct IncomingPlace {
    /// Clocks differ, and what was written just before a conversation was removed may belong to what comes after.
    /// - Source: identity-and-messages.md §3.8
    private static let margin: TimeInterval = 120

    /// It is not in the list, or not there at all.
    var isHidden: Bool
    private let readUpTo: Date?
    /// Messages from before belong to a conversation that somebody removed.
    private let goneBefore: Date?

    /// - Parameter isCatchingUp: a restored account fetches what waited for it: then the contacts tell what was removed.
    init(_ id: ConversationID, _ configs: ConfigEditor, isCatchingUp: Bool) throws {
        isHidden = try configs.store.priority(of: id) ?? -1 < 0
        readUpTo = try configs.readUpTo(id)
        var gone = try configs.store.removalDate(of: id)
        if isCatchingUp, let person = id.accountID, person != configs.own, try !configs.isShown(person) {
            gone = max(gone ?? .distantPast, try configs.contactsAppliedAt())
        }
        goneBefore = gone?.addingTimeInterval(-Self.margin)
    }

    func isGone(_ sentAt: Date) -> Bool { goneBefore.map { sentAt < $0 } ?? false }

    /// Another device has read it; `nil` if none has.
    func isRead(_ sentAt: Date) -> Bool? { readUpTo.map { sentAt <= $0 } }
}
