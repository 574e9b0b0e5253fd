import Foundation
public import Observation
public import SessionWire
public import ShallotCore
import ShallotStore

/// A person that the input may mean.
public nonisolated struct ContactMatch: Identifiable, Hashable, Sendable {
    public let id: AccountID
    public let name: String
    public let avatar: AvatarLook
    /// First and last characters of the Account ID, to tell two of the same name apart.
    public let shortID: String
}

/// What the input of the new-conversation window is.
public nonisolated enum NewConversationInput: Equatable, Sendable {
    case empty
    /// An Account ID, whether known or not.
    case account(AccountID)
    /// A name; the contacts list is filtered by it.
    case name
    /// Nothing that a conversation can start from, and why.
    case unknown(reason: String)
}

/// Finds out whom somebody wants to write to, from an Account ID or the name of a contact.
@Observable
public final class NewConversationModel {
    public var input = "" { didSet { if input != oldValue { isTried = false } } }
    public private(set) var contacts: [ContactMatch] = []
    public private(set) var notice: Notice?
    private var isTried = false

    private let messenger: Messenger
    private let own: AccountID

    public init(messenger: Messenger, own: AccountID) { (self.messenger, self.own) = (messenger, own) }

    /// Reads the contacts once; the window is open for a moment only.
    public func load() async {
        do { contacts = try await Self.matches(messenger.store, own: own) } catch { notice = Notice(error) }
    }

    /// Contacts that the input may mean, A to Z; all of them while it is empty.
    public var matches: [ContactMatch] {
        switch classification {
        case .empty: contacts
        case .account(let id): contacts.filter { $0.id == id }
        case .name, .unknown: contacts.filter { $0.name.localizedStandardContains(input.trimmed) }
        }
    }

    public var classification: NewConversationInput { Self.classify(input) }

    /// "Message this Account ID", when the input is one and no contact has it; "Note to Self" for one's own.
    public var accountAction: (title: String, id: AccountID)? {
        guard case .account(let id) = classification else { return nil }
        if id == own { return (tr("Note to Self"), id) }
        return contacts.contains { $0.id == id } ? nil : (tr("Message this Account ID"), id)
    }

    /// Why nothing can be started from the input: at once when it can only be an ID, otherwise once nothing matched.
    public var problem: String? {
        switch classification {
        case .unknown(let reason): matches.isEmpty ? reason : nil
        case .name:
            matches.isEmpty ? tr("No contact has this name. Enter an Account ID to write to somebody new.") : nil
        case .empty: isTried ? Notice(AccountIDError.empty).text : nil
        case .account: nil
        }
    }

    /// What Enter starts: the account, or the only contact that matches.
    public func submit() -> ConversationID? {
        isTried = true
        if case .account(let id) = classification { return .account(id) }
        let matches = matches
        return input.trimmed.isEmpty || matches.count != 1 ? nil : matches.first.map { .account($0.id) }
    }

    /// Makes sure that the conversation exists, so that it can be opened.
    public func open(_ id: ConversationID) async -> Bool {
        do {
            try await messenger.store.ensureConversation(id)
            return true
        } catch {
            notice = Notice(error)
            return false
        }
    }

    /// An input is taken for an ID when it is long and hexadecimal, or has the length of one; a short word is a name.
    nonisolated static func classify(_ input: String) -> NewConversationInput {
        let compact = input.prefix(1000).filter { !$0.isWhitespace }
        guard !compact.isEmpty else { return .empty }
        do { return .account(try AccountID.parse(userInput: input)) } catch {
            let isHexadecimal = compact.allSatisfy { $0.isASCII && $0.isHexDigit }
            let looksLikeID = (isHexadecimal && compact.count >= 16) || compact.count == AccountID.textLength
            return looksLikeID ? .unknown(reason: Notice(error).text) : .name
        }
    }

    @concurrent
    private nonisolated static func matches(_ store: Store, own: AccountID) async throws -> [ContactMatch] {
        try await store.contacts()
            .filter { $0.isApproved && !$0.isBlocked && $0.accountID != own }
            .map { contact in
                ContactMatch(
                    id: contact.accountID, name: contact.displayName,
                    avatar: AvatarLook(name: contact.displayName, id: .account(contact.accountID)),
                    shortID: contact.accountID.shortened)
            }
            .sorted { $0.name.localizedStandardCompare($1.name) == .orderedAscending }
    }
}
