import ArgumentParser
import Foundation
import SessionNetwork
import SessionWire
import ShallotCore

struct NetworkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "network", abstract: "Connect and tell how the network looks from here.",
        subcommands: [Status.self, Path.self])

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print phase, usable paths, known nodes and the difference of the clocks.",
            discussion: "Ends with exit code 69, after printing, if no path stands within the time.")
        @ParentCommand var root: ShallotCLI
        @Option(help: ArgumentHelp("How long to wait for a path.", valueName: "seconds")) var timeout = Seconds(30)

        func run() async throws {
            try await root.withProfile { messenger in
                let isReady = await messenger.connect(seconds: timeout.value)
                let line = StatusLine(messenger.network.status)
                try root.output.write(line, messenger.network.status.sentence)
                guard isReady else {
                    throw Failure(
                        .unreachable, "No path through the network within \(timeout.value.formatted) seconds.")
                }
            }
        }
    }

    struct Path: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the onion paths, entry node first.")
        @ParentCommand var root: ShallotCLI
        @Option(help: ArgumentHelp("How long to wait for a path.", valueName: "seconds")) var timeout = Seconds(30)

        func run() async throws {
            try await root.withProfile { messenger in
                guard await messenger.connect(seconds: timeout.value) else {
                    throw Failure(
                        .unreachable, "No path through the network within \(timeout.value.formatted) seconds.")
                }
                for path in await messenger.network.paths() {
                    let line = PathLine(path)
                    try root.output.write(line, line.text)
                }
            }
        }
    }
}

extension Messenger {
    /// Starts and waits for a usable path. - Returns: whether there is one.
    fileprivate func connect(seconds: Double) async -> Bool {
        let events = events()
        await start(receives: false)
        if network.status.phase == .ready { return true }
        return await Waiting.first(of: events, within: seconds) { event in
            if case .networkStatus(let status) = event, status.phase == .ready { true } else { nil }
        } ?? false
    }
}

private struct StatusLine: Encodable {
    let phase: String
    let readyPaths: Int
    let knownNodes: Int
    let clockOffsetMilliseconds: Int64?
    let lastError: String?

    init(_ status: NetworkStatus) {
        phase = "\(status.phase)"
        readyPaths = status.readyPaths
        knownNodes = status.poolSize
        clockOffsetMilliseconds = status.clockOffset.map { Int64($0 / .milliseconds(1)) }
        lastError = status.lastError?.description
    }
}

extension NetworkStatus {
    /// The status in words.
    var sentence: String {
        var parts = ["\(phase)", "\(readyPaths) paths", "\(poolSize) nodes known"]
        if let clockOffset, clockOffset.magnitude > .seconds(60) {
            parts.append("your clock is \(Int(clockOffset.magnitude / .seconds(60))) minutes off")
        }
        if let lastError { parts.append(lastError.description) }
        return parts.joined(separator: ", ")
    }
}

extension Duration {
    fileprivate var magnitude: Duration { self < .zero ? .zero - self : self }
}

private struct PathLine: Encodable {
    struct Hop: Encodable {
        let role: String
        let node: String
        let address: String
        let port: UInt16
    }

    let hops: [Hop]
    let failures: Int
    let roundTripMilliseconds: Int64?

    init(_ path: PathInfo) {
        let last = path.hops.count - 1
        hops = path.hops.enumerated().map { index, node in
            Hop(
                role: index == 0 ? "entry" : index == last ? "exit" : "middle", node: node.id.description,
                address: node.address.description, port: node.port)
        }
        failures = path.failures
        roundTripMilliseconds = path.roundTrip.map { Int64($0 / .milliseconds(1)) }
    }

    var text: String { "you → " + hops.map { "\($0.role) \($0.address):\($0.port)" }.joined(separator: " → ") }
}
