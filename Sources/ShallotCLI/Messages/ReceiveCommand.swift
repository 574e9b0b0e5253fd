import ArgumentParser
import Foundation
import SessionNetwork
import SessionWire
import ShallotCore
import ShallotStore

struct ReceiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receive", abstract: "Fetch messages and print one event per line.",
        discussion: """
            Without options it asks the network once, prints what arrived, sends what waits, and ends. With --timeout \
            it goes on until something has arrived or the time is over. With --follow it goes on until it is stopped.

            Events: message, request, accepted, sent, failed, newerFormat. Messages of unanswered requests are shown by \
            `messages ID`.
            """)

    /// Until the first answer of the network.
    static let connectionTime = 60.0

    @ParentCommand var root: ShallotCLI
    @Option(help: ArgumentHelp("Wait this long for something to arrive.", valueName: "seconds")) var timeout: Seconds?
    @Flag(help: "Go on until interrupted, or until --timeout is over.") var follow = false

    func run() async throws {
        try await root.withProfile { messenger in
            guard try await messenger.account() != nil else { throw AccountError.none }
            let events = messenger.events()
            await messenger.start()
            await messenger.setFocused(true)
            let progress = Progress()
            let limit = timeout?.value ?? (follow ? Seconds.limit : Self.connectionTime)
            let (done, tellDone) = AsyncStream.makeStream(of: Void.self)
            // Until the end: what arrives while something still goes out is told, too.
            let printing = Task {
                defer { tellDone.finish() }
                for await event in events {
                    if let line = EventLine(event) {
                        try root.output.write(line, line.text)
                        if line.isArrival { await progress.arrived() }
                    }
                    if case .polled = event { await progress.polled() }
                    if await isDone(progress) { tellDone.yield() }
                }
            }
            _ = await Waiting.first(of: done, within: limit) { true }
            guard await progress.hasPolled else {
                throw Failure(.unreachable, "The network did not answer: \(messenger.network.status.sentence)")
            }
            if !follow {
                await Waiting.untilFlushed(messenger, seconds: SendCommand.grace)
                await Waiting.untilPushed(messenger, seconds: SendCommand.grace)
            }
            await messenger.close()
            try await printing.value
        }
    }

    private func isDone(_ progress: Progress) async -> Bool {
        guard !follow else { return false }
        guard await progress.hasPolled else { return false }
        return if timeout == nil { true } else { await progress.hasArrivals }
    }

    private actor Progress {
        private(set) var hasPolled = false
        private(set) var hasArrivals = false

        func polled() { hasPolled = true }
        func arrived() { hasArrivals = true }
    }
}
