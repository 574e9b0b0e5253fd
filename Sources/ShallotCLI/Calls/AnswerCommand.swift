import ArgumentParser
import ShallotCore

struct AnswerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answer", abstract: "Wait for calls and answer them.",
        discussion: """
            Calls have to be turned on first, with `calls direct` or `calls relay-only`; only people who were accepted \
            ring. Until a call is answered no device is opened and nothing is sent to the caller. Messages that arrive \
            meanwhile are printed as by `receive`.
            """)

    @ParentCommand var root: ShallotCLI
    @OptionGroup var arguments: MediaArguments
    @Flag(help: "End after the first call.") var once = false
    @Flag(help: "Decline instead of answering.") var decline = false

    func run() async throws {
        let pictures = PictureCount()
        let media = try arguments.media(counting: pictures)
        try await root.withProfile { messenger in
            guard try await messenger.account() != nil else { throw AccountError.none }
            let events = messenger.events()
            await messenger.start()
            await messenger.setFocused(true)
            let run = try await CallRun(messenger, output: root.output, media: arguments, pictures: pictures)
            repeat {
                let end = try await run.follow(events) {
                    guard !decline else { return await run.calls.decline() }
                    do {
                        try await run.calls.accept(media, isRelayOnly: arguments.relayOnly ? true : nil)
                    } catch let error as CallError {
                        await run.calls.decline()
                        throw Failure(error)
                    }
                }
                guard end != nil else { return }
            } while !once
            try await run.finish(events)
        }
    }
}
