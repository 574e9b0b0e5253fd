import ArgumentParser
import Foundation
import SessionWire
import ShallotCore
import ShallotStore

struct RequestsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "requests", abstract: "Message requests: first messages from people who are not contacts yet.",
        subcommands: [List.self, Accept.self, Decline.self, Block.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the waiting requests. Does not connect.")
        @ParentCommand var root: ShallotCLI

        func run() async throws {
            try await root.withProfile { messenger in
                for summary in try await messenger.store.allRequests() {
                    let line = ConversationLine(summary)
                    try root.output.write(line, line.text)
                }
            }
        }
    }

    struct Accept: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Accept a request and tell its sender.",
            discussion: "Connects for a short time; if the answer cannot be sent now, it goes out with a later command."
        )
        @ParentCommand var root: ShallotCLI
        @Argument(help: "The sender's Account ID.") var id: String

        func run() async throws {
            let conversation = try ConversationID.request(id)
            try await root.withConnection { messenger in
                try await messenger.requireRequest(conversation)
                try await messenger.acceptRequest(conversation)
                await Waiting.untilFlushed(messenger, seconds: SendCommand.grace)
            }
        }
    }

    struct Decline: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a request. Its sender is not told and may ask again.")
        @ParentCommand var root: ShallotCLI
        @Argument(help: "The sender's Account ID.") var id: String

        func run() async throws {
            let conversation = try ConversationID.request(id)
            try await root.withProfile { messenger in
                try await messenger.requireRequest(conversation)
                try await messenger.declineRequest(conversation)
            }
        }
    }

    struct Block: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a request and block its sender.")
        @ParentCommand var root: ShallotCLI
        @Argument(help: "The sender's Account ID.") var id: String

        func run() async throws {
            let conversation = try ConversationID.request(id)
            try await root.withProfile { messenger in
                try await messenger.requireRequest(conversation)
                try await messenger.blockRequest(conversation)
            }
        }
    }
}

extension ConversationID {
    fileprivate static func request(_ text: String) throws -> ConversationID {
        .account(try AccountID.argument(text))
    }
}

extension Messenger {
    fileprivate func requireRequest(_ conversation: ConversationID) async throws {
        guard try await store.allRequests().contains(where: { $0.id == conversation }) else {
            throw Failure(.missing, "There is no message request from this ID.")
        }
    }
}
