import Foundation
import SessionConfig
import SessionNetwork
import SessionWire
import ShallotCore
import ShallotStore

extension TestNetwork {
    /// Opens another device of the same account, from nothing but its phrase.
    func device(_ name: String, of person: Person) async throws -> Person {
        let words = try await person.messenger.recoveryPhrase().joined(separator: " ")
        let messenger = try await open(name)
        let id = try await messenger.restoreAccount(phrase: words, displayName: nil)
        return Person(messenger: messenger, id: id)
    }
}

extension Person {
    /// Waits until a restored account has everything that waited for it.
    func isRestored() async throws {
        try await eventually("everything is restored") { try await messenger.restoreProgress().isComplete }
    }

    /// Waits until the swarm has everything that was changed here.
    func isPushed() async throws {
        try await eventually("the configs are pushed") { try await !messenger.needsSync() }
    }

    /// Everything that devices of an account have in common, in a form to compare.
    func shared() async throws -> SharedState { try await SharedState(store) }
}

/// What two devices in step show alike.
struct SharedState: Equatable, CustomStringConvertible {
    var lines: [String]

    init(_ store: Store) async throws {
        var lines: [String] = []
        let account = try await store.account()
        lines.append(
            "me \(account?.displayName ?? "") \(account?.profileUpdatedAt.map { Int($0.timeIntervalSince1970) } ?? 0) "
                + "\(account?.pictureURL ?? "") \(account?.pictureKey ?? [])")
        for contact in try await store.contacts() {
            lines.append(
                "contact \(contact.accountID) \(contact.name ?? "-") \(contact.nickname ?? "-") "
                    + "\(contact.profileUpdatedSeconds) \(contact.pictureURL ?? "-") \(contact.pictureKey ?? []) "
                    + "\(contact.isApproved) \(contact.approvedMe) \(contact.isBlocked)")
        }
        for summary in try await store.allConversations() + store.allRequests() {
            let conversation = summary.conversation
            lines.append(
                "conversation \(summary.id.rawValue) \(conversation.priority) \(conversation.isMarkedUnread) "
                    + "\(conversation.unreadCount) \(conversation.mutedUntil.map { "\($0)" } ?? "-") "
                    + "\(conversation.expiry.map { "\($0)" } ?? "-") \(summary.membership.map { "\($0)" } ?? "-")")
            // Lines like “you accepted” are a device's own.
            for message in try await store.page(summary.id, limit: 5_000) where message.kind == .text {
                lines.append(
                    "message \(summary.id.rawValue) \(Int(message.sentAt.timeIntervalSince1970 * 1_000)) "
                        + "\(message.author) \(message.body) \(message.isOutgoing) \(message.isRead)")
            }
        }
        self.lines = lines.sorted()
    }

    var description: String { lines.joined(separator: "\n") }
}
