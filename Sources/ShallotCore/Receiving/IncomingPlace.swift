import Foundation
import SessionWire
import ShallotStore

/// What a batch has to know of a conversation before messages go into it.
struct IncomingPlace {
    /// Clocks differ, and what was written just before a conversation was removed may belong to what comes after.
    /// - Source: identity-and-messages.md §3.8
    static let margin: TimeInterval = 120

    /// It is not in the list, or not there at all.
    var isHidden: Bool
    private let readUpTo: Date?
    /// Messages from before belong to a conversation that somebody removed.
    private let goneBefore: Date?

    /// - Parameter isCatchingUp: a restored account fetches what waited for it: then the contacts that it began with tell
    ///   what was removed. Those that it has by now have been stored since.
    init(_ id: ConversationID, _ configs: ConfigEditor, isCatchingUp: Bool) throws {
        isHidden = try configs.store.priority(of: id) ?? -1 < 0
        readUpTo = try configs.readUpTo(id)
        var gone = try configs.store.removalDate(of: id)
        let isNotes = id == .account(configs.own)
        if isCatchingUp, !isNotes, let person = id.accountID, try !configs.isShown(person) {
            gone = max(gone ?? .distantPast, try configs.store.preference(.contactsRestoredTo))
        }
        // Whoever notes something shows the notes, on the same clock as whoever hides them.
        goneBefore = gone?.addingTimeInterval(isNotes ? 0 : -Self.margin)
    }

    func isGone(_ sentAt: Date) -> Bool { goneBefore.map { sentAt < $0 } ?? false }

    /// Another device has read it; `nil` if none has.
    func isRead(_ sentAt: Date) -> Bool? { readUpTo.map { sentAt <= $0 } }
}
