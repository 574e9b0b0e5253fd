import ArgumentParser
import Foundation

/// The root of all commands; holds what they share.
struct ShallotCLI: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shallot-cli",
        abstract: "A messenger for the Session network without a screen.",
        discussion: """
            Every command works on one profile, which lives encrypted in its data directory. Only one process can use \
            a data directory at a time; a second one ends with exit code 75.

            With --json every line on standard output is one JSON object; times are Unix milliseconds. Errors are one \
            line on standard error.

            EXAMPLES
              shallot-cli --data ~/alice --network devnet.json account create --name Alice
              shallot-cli --data ~/alice --network devnet.json send 05… "Hello" --wait
              shallot-cli --data ~/alice --network devnet.json --json receive --follow

            EXIT CODES
              0 done · 1 other error · 2 not sent · 64 wrong arguments · 65 unacceptable ID, name, phrase or text · \
            66 network file · 67 no such request, contact, conversation or account · 69 network does not answer · \
            70 database damaged or too new · 73 no data directory · 74 disk full or read-only · 75 data directory in \
            use · 77 wrong key or unsafe permissions
            """,
        version: "0.1.0",
        subcommands: [
            AccountCommand.self, SendCommand.self, ReceiveCommand.self, ConversationsCommand.self, MessagesCommand.self,
            RequestsCommand.self, ContactsCommand.self, CallCommand.self, AnswerCommand.self, CallsCommand.self,
            ConfigCommand.self, SyncCommand.self, NetworkCommand.self,
        ])

    @Option(
        help: ArgumentHelp(
            "The data directory of the profile; made when it does not exist. Default: shallot-cli in the user's data directory.",
            valueName: "dir"))
    var data: String?

    @Option(
        help: ArgumentHelp(
            "The network definition. Default: the one chosen in the profile's Preferences, else that of the Session main network.",
            valueName: "file"))
    var network: String?

    @Flag(help: "Write JSON, one object per line.")
    var json = false

    @Flag(help: "Keep the key in a file of the data directory even if there is a desktop keyring.")
    var noKeyring = false

    var output: Output { Output(isJSON: json) }
}
