import ArgumentParser
import Foundation
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
                keeps them out of the shell's history and of the list of processes.
                """)

        @ParentCommand var root: ShallotCLI
        @Option(help: ArgumentHelp("The 13 words, or - for standard input.", valueName: "words")) var phrase: String
        @Option(help: "The display name, if it is to be another one.") var name: String?

        func run() async throws {
            let words = phrase == "-" ? try StandardInput.text(limit: 4_096) : phrase
            try await root.withProfile { messenger in
                _ = try await messenger.restoreAccount(phrase: words, displayName: name)
                try await AccountLine.write(of: messenger, to: root.output)
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
