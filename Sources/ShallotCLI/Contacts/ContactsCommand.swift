import ArgumentParser
import Foundation
import SessionWire
import ShallotCore
import ShallotStore

struct ContactsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contacts", abstract: "List and change contacts. Does not connect.",
        subcommands: [List.self, Block.self, Unblock.self, Delete.self, Nickname.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List contacts and blocked people.")
        @ParentCommand var root: ShallotCLI

        func run() async throws {
            try await root.withProfile { messenger in
                for contact in try await messenger.store.contacts() {
                    let line = ContactLine(contact)
                    try root.output.write(line, line.text)
                }
            }
        }
    }

    struct Block: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Block somebody: what they write is dropped. They are not told.")
        @ParentCommand var root: ShallotCLI
        @Argument(help: "The Account ID.") var id: String

        func run() async throws {
            let person = try AccountID.argument(id)
            try await root.withProfile { try await $0.setBlocked(true, person) }
        }
    }

    struct Unblock: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let somebody write again.")
        @ParentCommand var root: ShallotCLI
        @Argument(help: "The Account ID.") var id: String

        func run() async throws {
            let person = try AccountID.argument(id)
            try await root.withProfile { messenger in
                try await messenger.requireContact(person)
                try await messenger.setBlocked(false, person)
            }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forget a contact and the conversation with them on this device.")
        @ParentCommand var root: ShallotCLI
        @Argument(help: "The Account ID.") var id: String

        func run() async throws {
            let person = try AccountID.argument(id)
            try await root.withProfile { messenger in
                try await messenger.requireContact(person)
                try await messenger.deleteContact(person)
            }
        }
    }

    struct Nickname: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a contact a name that only you see; without a name the nickname goes.")
        @ParentCommand var root: ShallotCLI
        @Argument(help: "The Account ID.") var id: String
        @Argument(help: "The nickname, up to 100 bytes.") var name: String?

        func run() async throws {
            let person = try AccountID.argument(id)
            try await root.withProfile { messenger in
                try await messenger.requireContact(person)
                try await messenger.setNickname(name, of: person)
            }
        }
    }
}

extension Messenger {
    fileprivate func requireContact(_ person: AccountID) async throws {
        guard try await store.contacts().contains(where: { $0.accountID == person }) else {
            throw Failure(.missing, "There is no contact with this ID.")
        }
    }
}

/// A contact as the commands print it.
struct ContactLine: Encodable {
    let accountID: String
    let name: String?
    let nickname: String?
    let isApproved: Bool
    let approvedMe: Bool
    let isBlocked: Bool
    private let shownName: String

    private enum CodingKeys: CodingKey { case accountID, name, nickname, isApproved, approvedMe, isBlocked }

    init(_ contact: ContactRecord) {
        accountID = contact.accountID.description
        name = contact.name
        nickname = contact.nickname
        isApproved = contact.isApproved
        approvedMe = contact.approvedMe
        isBlocked = contact.isBlocked
        shownName = contact.displayName
    }

    var text: String {
        let state = isBlocked ? " (blocked)" : !isApproved ? " (request)" : approvedMe ? "" : " (has not answered yet)"
        return "\(accountID) \(shownName)\(state)"
    }
}
