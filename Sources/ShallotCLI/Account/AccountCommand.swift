import ArgumentParser
import Foundation
import SessionNetwork
import SessionWire
import ShallotCore
import ShallotStore

struct AccountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Make, restore or show the account of the profile.",
        subcommands: [Create.self, Restore.self, Show.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a new account and print its Account ID.",
            discussion: "Works without a network. Save the recovery phrase: `account show --phrase` prints it.")

        @ParentCommand var root: ShallotCLI
        @Option(help: "The display name, 1 to 100 bytes. Contacts see it.") var name: String

        func run() async throws {
            try await root.withProfile { messenger in
                _ = try await messenger.createAccount(displayName: name)
                try await AccountLine.write(of: messenger, to: root.output)
            }
        }
    }

    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bring an account back from its recovery phrase.",
            discussion: """
                The profile must not have an account yet. `--phrase -` reads the words from standard input, which \
                keeps them out of the shell's history and of the list of processes. With --wait it connects, fetches \
                what the account's devices share and the messages of the last 14 days, and prints how many of each; \
                nothing is ever put in the place of what is on the network.
                """)

        @ParentCommand var root: ShallotCLI
        @Option(help: ArgumentHelp("The 13 words, or - for standard input.", valueName: "words")) var phrase: String
        @Option(help: "The display name to use if none is found on the network.") var name: String?
        @Flag(help: "Fetch everything, print how much it is, and end with exit code 69 if it took too long.")
        var wait = false
        @Option(help: ArgumentHelp("How long to wait.", valueName: "seconds")) var timeout = Seconds(120)

        func run() async throws {
            let words = phrase == "-" ? try StandardInput.text(limit: 4_096) : phrase
            try await root.withProfile { messenger in
                _ = try await messenger.restoreAccount(phrase: words, displayName: name)
                try await AccountLine.write(of: messenger, to: root.output)
                guard wait else { return }
                try await Self.finish(messenger, within: timeout.value, to: root.output)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the Account ID and the display name.")

        @ParentCommand var root: ShallotCLI
        @Flag(help: "Print the recovery phrase too. Whoever reads it has the account.") var phrase = false

        func run() async throws {
            try await root.withProfile { messenger in
                try await AccountLine.write(of: messenger, to: root.output, withPhrase: phrase)
            }
        }
    }
}

/// The account as the commands print it.
struct AccountLine: Encodable {
    let accountID: String
    let displayName: String
    let recoveryPhrase: String?

    static func write(of messenger: Messenger, to output: Output, withPhrase: Bool = false) async throws {
        guard let account = try await messenger.account() else { throw AccountError.none }
        let phrase = withPhrase ? try await messenger.recoveryPhrase().joined(separator: " ") : nil
        let line = AccountLine(
            accountID: account.accountID.description, displayName: account.displayName, recoveryPhrase: phrase)
        try output.write(line, line.text)
    }

    private var text: String {
        ([accountID] + (displayName.isEmpty ? [] : [displayName]) + (recoveryPhrase.map { [$0] } ?? []))
            .joined(separator: "\n")
    }
}

extension AccountCommand.Restore {
    /// Waits until everything has been fetched, and says how much it is.
    fileprivate static func finish(_ messenger: Messenger, within seconds: Double, to output: Output) async throws {
        let events = messenger.events()
        await messenger.start()
        await messenger.setFocused(true)
        let isComplete =
            try await Waiting.first(of: events, within: seconds) { event -> Bool? in
                guard case .polled = event else { return nil }
                return try await messenger.restoreProgress().isComplete ? true : nil
            } ?? false
        let line = RestoreLine(try await messenger.restoreProgress())
        try output.write(line, line.text)
        guard isComplete else {
            throw Failure(.unreachable, "Not everything was fetched: \(messenger.network.status.sentence)")
        }
    }
}
