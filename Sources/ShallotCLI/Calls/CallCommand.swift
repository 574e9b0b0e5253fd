import ArgumentParser
import SessionWire
import ShallotCore

struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call", abstract: "Call somebody.",
        discussion: """
            Calls have to be turned on first, with `calls direct` or `calls relay-only`, and both sides must have accepted \
            each other. The command ends with the call: with code 0 if it was connected, else with 2; interrupted, it \
            hangs up first. Messages that arrive meanwhile are printed as by `receive`.
            """)

    @ParentCommand var root: ShallotCLI
    @Argument(help: "The Account ID of the person.") var id: String
    @OptionGroup var arguments: MediaArguments

    func run() async throws {
        let person = try AccountID.argument(id)
        let pictures = PictureCount()
        let media = try arguments.media(counting: pictures)
        try await root.withProfile { messenger in
            guard try await messenger.account() != nil else { throw AccountError.none }
            let events = messenger.events()
            await messenger.start()
            let run = try await CallRun(messenger, output: root.output, media: arguments, pictures: pictures)
            do {
                try await run.calls.place(person, media: media, isRelayOnly: arguments.relayOnly ? true : nil)
            } catch let error as CallError { throw Failure(error) }
            let end = try await run.follow(events)
            try await run.finish(events)
            guard end?.connectedSince != nil else {
                throw Failure(.notSent, "The call was not connected: \(end?.endReason?.word ?? "it was stopped").")
            }
        }
    }
}
