import ArgumentParser
import BaseKit
import Devnet
import Foundation
import Logging
import SessionWire

/// An embedded network with a contact whose calls are taken by whoever runs this program: signals that the contact gets
/// are written to standard output, and what is read from standard input is sent in its name.
@main
struct CallBridge: AsyncParsableCommand {
    @Option(help: "Where the network definition for clients is written.")
    var networkFile: String

    @Option(help: "Shifts the nodes' addresses.")
    var addressBlock = 0

    @Option(help: "A relay for calls.")
    var callRelay: String?

    func run() async throws {
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        var options = DevnetOptions()
        (options.basePort, options.addressBlock) = (0, addressBlock)
        if let callRelay { options.callRelays = [.init(url: callRelay, username: "u", credential: "p")] }
        let devnet = Devnet(options)
        try await devnet.start()
        try await devnet.writeDefinition(to: URL(filePath: networkFile))
        let echo = try await devnet.startEcho()
        let contact = try BridgedContact(devnet: devnet)
        await contact.start()
        BridgeLine(event: "ready", id: contact.accountID.description, echo: echo.accountID.description).write()
        for await line in Self.lines() { await contact.perform(line) }
        await devnet.stop()
    }

    /// Reading waits, so it has a thread of its own.
    private static func lines() -> AsyncStream<BridgeOrder> {
        let (orders, give) = AsyncStream.makeStream(of: BridgeOrder.self)
        Thread.detachNewThread {
            while let line = readLine() {
                do { give.yield(try JSONDecoder().decode(BridgeOrder.self, from: Data(line.utf8))) } catch {
                    BridgeLine(event: "unreadable").write()
                }
            }
            give.finish()
        }
        return orders
    }
}
