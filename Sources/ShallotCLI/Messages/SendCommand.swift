import ArgumentParser
import Foundation
import SessionWire
import ShallotCore
import ShallotStore

struct SendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send", abstract: "Send a text message.",
        discussion: """
            The message is written to the database first. Without --wait the command tries to send it for a short time \
            and ends well even if the message still waits; it then goes out with a later `send` or `receive`. With \
            --wait it ends with exit code 2 unless the message is stored in the recipient's swarm.

            Sending to somebody whose message request waits accepts the request. Sending to the own Account ID is a \
            Note to Self.
            """)

    /// How long a command without --wait tries.
    static let grace = 10.0

    @ParentCommand var root: ShallotCLI
    @Argument(help: "The recipient's Account ID.") var id: String
    @Argument(help: "The text, up to 2000 characters; - reads it from standard input.") var text: String
    @Flag(help: "Wait until the message is stored, and fail if it is not.") var wait = false
    @Option(help: ArgumentHelp("How long to wait.", valueName: "seconds")) var timeout: Seconds?

    func run() async throws {
        let recipient = try AccountID.argument(id)
        let text = text == "-" ? try StandardInput.text(limit: 64 << 10) : text
        let seconds = timeout?.value ?? (wait ? 60 : Self.grace)
        try await root.withConnection { messenger in
            let events = messenger.events()
            let message = try await messenger.send(text, to: .account(recipient))
            let outcome = await Waiting.outcome(of: message, events, seconds: seconds)
            if outcome == .sent { await Waiting.untilFlushed(messenger, seconds: Self.grace) }
            let line = SentLine(messageID: message.rawValue, state: outcome.name)
            if case .failed(let reason) = outcome { throw Failure(.notSent, "The message was not sent: \(reason).") }
            if wait, outcome != .sent {
                throw Failure(.notSent, "The message was not stored within \(seconds.formatted) seconds; it waits.")
            }
            try root.output.write(line, outcome.name)
        }
    }
}

private struct SentLine: Encodable {
    let messageID: Int64
    let state: String
}
