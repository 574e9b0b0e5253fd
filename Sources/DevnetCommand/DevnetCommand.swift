import ArgumentParser
import BaseKit
import Devnet
import Foundation
import Logging
import SessionWire

/// Runs an embedded network until it is told to end.
@main
struct DevnetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devnet",
        abstract: "A whole Session network on this machine: seeds, service nodes, onion paths, swarms.",
        discussion: """
            Every node listens on a loopback address of its own (127.10.0.1, 127.10.1.1, …) with its own keys and its \
            own TLS certificate. Clients find the network through the definition that --network-file writes:

              devnet --echo --network-file devnet.json --state ~/.local/share/devnet
              shallot --network devnet.json

            Standard output carries JSON lines. {"event":"ready", …} says that the network is up: networkFile, echo (the \
            Account ID of the Echo contact), control (port), seeds, nodes. SIGINT and SIGTERM end the program.

            \(controlHelp)

              curl -d '{"command":"stop-node","node":3}' http://127.0.0.1:PORT/
              curl -d '{"command":"fault","kind":"nextNodeNotFound","node":3,"times":1}' http://127.0.0.1:PORT/
            """)

    @Option(help: "How many service nodes.")
    var nodes = 24

    @Option(help: "How many swarms; by default one for every six nodes.")
    var swarms: Int?

    @Option(help: "The port of every node; 0 lets the system choose. A port that is taken is replaced.")
    var basePort = 22021

    @Option(help: "Shifts the nodes' addresses (0 to 5333), so that several networks can run side by side.")
    var addressBlock = 0

    @Option(help: "Where the network definition for clients is written.", completion: .file())
    var networkFile: String?

    @Option(help: "How many nodes the definition names itself, for the time when no seed answers.")
    var staticNodes = 0

    @Option(help: "Keep identities, ports and messages in this directory.", completion: .directory)
    var state: String?

    @Option(help: "Open the control endpoint on this loopback port; 0 lets the system choose.")
    var control: Int?

    @Flag(help: "Start the Echo contact, which accepts requests and answers texts and calls.")
    var echo = false

    @Option(help: "What the Echo contact calls itself.")
    var echoName = "Echo"

    @Option(help: "A STUN or TURN server for calls, such as turn:192.0.2.7:3478; it is not started here.")
    var callRelay: String?

    @Option(help: "The name that the server for calls knows.")
    var callRelayUser = ""

    @Option(help: "The password that goes with it.")
    var callRelayPassword = ""

    @Option(help: "What the network is called.")
    var name = "Devnet"

    func run() async throws {
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        let devnet = Devnet(options)
        let ending = Interruption()
        try await devnet.start()
        let networkFile = networkFile.map { URL(filePath: $0) }
        if let networkFile { try await devnet.writeDefinition(to: networkFile) }
        let contact = echo ? try await devnet.startEcho(name: echoName) : nil
        let control = if let control { try await devnet.openControl(port: control) } else { nil as Int? }
        var ready: [String: JSONValue] = ["event": "ready", "nodes": .int(Int64(nodes))]
        ready["networkFile"] = networkFile.map { .string($0.path) }
        ready["echo"] = contact.map { .string($0.accountID.description) }
        ready["control"] = control.map { .int(Int64($0)) }
        ready["seed"] = .string(await devnet.seedURL)
        printLine(ready)
        await ending.wait()
        await devnet.stop()
        printLine(["event": "stopped"])
    }

    private var options: DevnetOptions {
        var options = DevnetOptions()
        options.nodeCount = nodes
        options.swarmCount = swarms
        options.basePort = basePort
        options.addressBlock = addressBlock
        options.staticNodeCount = staticNodes
        options.stateDirectory = state.map { URL(filePath: $0) }
        options.name = name
        if let callRelay {
            options.callRelays = [
                .init(url: callRelay, username: callRelayUser, credential: callRelayPassword)
            ]
        }
        return options
    }

    /// One line of JSON, at once: scripts wait for it.
    private func printLine(_ fields: [String: JSONValue]) {
        // Nobody may be listening any more; the network runs on.
        try? FileHandle.standardOutput.write(contentsOf: Data(JSONValue.object(fields).encoded() + [0x0a]))
    }
}
