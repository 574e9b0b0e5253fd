import Foundation
import SessionNetwork
import SessionWire
import ShallotCore
import ShallotModels
import ShallotStore
import ShallotTestSupport

/// A real profile in a folder of its own, with an account, never connected to anything.
struct Profile {
    let messenger: Messenger
    let own: AccountID
    let directory: URL

    var store: Store { messenger.store }

    init(name: String = "Me") async throws {
        directory = Self.freshDirectory()
        messenger = try await Self.open(directory)
        own = try await messenger.createAccount(displayName: name)
    }

    static func freshDirectory() -> URL {
        TemporaryFolder.fresh("models")
    }

    static func open(_ directory: URL, keyring: KeyringAccess? = nil) async throws(OpenError) -> Messenger {
        // A port of the loopback where nobody listens.
        let seed = NetworkDefinition.Seed(url: "http://127.0.0.1:9", certificateSHA256: nil)
        return try await Messenger.open(
            MessengerOptions(
                directory: directory, definition: NetworkDefinition(name: "Nowhere", seeds: [seed]), keyring: keyring))
    }

    /// Somebody with a usable key.
    static func person() -> AccountID { AccountKeys.generate().accountID }

    /// A contact approved both ways.
    @discardableResult
    func addContact(_ name: String) async throws -> AccountID {
        let id = Self.person()
        try await store.upsertContact(id) { contact in
            contact.name = name
            contact.isApproved = true
            contact.approvedMe = true
        }
        try await store.ensureConversation(.account(id))
        return id
    }

    /// Puts messages from `person` into their conversation, one minute apart, the last one at `Samples.now`.
    func receive(_ count: Int, from person: AccountID, isRead: Bool = true, last: Date = Samples.now) async throws {
        let messages = (0..<count).map { number in
            let sentAt = last.addingTimeInterval(Double(number - count + 1) * 60)
            return NewIncoming(
                conversation: .account(person), author: person, sentAt: sentAt, receivedAt: sentAt,
                body: "message \(number)",
                isRead: isRead)
        }
        try await store.insertIncoming(messages)
    }
}
