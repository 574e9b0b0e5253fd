import ArgumentParser
import MediaKit
import SessionWire
import ShallotCore

/// The setting as an argument.
enum CallModeArgument: String, ExpressibleByArgument, CaseIterable {
    case off
    case direct
    case relayOnly = "relay-only"

    init(_ mode: CallMode) {
        self =
            switch mode {
            case .off: .off
            case .direct: .direct
            case .relayOnly: .relayOnly
            }
    }

    var mode: CallMode {
        switch self {
        case .off: .off
        case .direct: .direct
        case .relayOnly: .relayOnly
        }
    }
}

struct CallsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calls", abstract: "Show or change whether calls are on.",
        discussion: """
            off         nobody can call and nobody can be called (the default)
            direct      sound and picture take the shortest way: the other side learns this machine's address
            relay-only  everything goes through a relay of the network: the relay learns the address, the other side \
            does not
            """)

    @ParentCommand var root: ShallotCLI
    @Argument(help: "The new setting.") var mode: CallModeArgument?
    @Option(help: ArgumentHelp("For this person only, while calls are on.", valueName: "id")) var contact: String?

    @Flag(help: "List microphones, speakers and cameras.") var devices = false

    func run() async throws {
        if devices { return try await list() }
        let person = try contact.map { try AccountID.argument($0) }
        try await root.withProfile { messenger in
            if let mode {
                if let person {
                    try await messenger.setCallMode(mode.mode, of: person)
                } else {
                    try await messenger.setCallMode(mode.mode)
                }
            }
            var present = try await messenger.callMode()
            if present != .off, let person { present = try await messenger.callMode(of: person) ?? present }
            let word = CallModeArgument(present).rawValue
            try root.output.write(["calls": word], word)
        }
    }

    private func list() async throws {
        let known = MediaDevices()
        do { try await known.start() } catch { throw Failure(.other, error.description) }
        for device in known.devices {
            let line = DeviceLine(device)
            try root.output.write(line, line.text)
        }
        await known.stop()
    }
}

/// A device as the command prints it.
private struct DeviceLine: Encodable {
    let kind: String
    let id: String
    let name: String
    let isDefault: Bool

    init(_ device: MediaDevice) {
        kind =
            switch device.kind {
            case .microphone: "microphone"
            case .speaker: "speaker"
            case .camera: "camera"
            }
        (id, name, isDefault) = (device.id, device.name, device.isDefault)
    }

    var text: String { "\(kind) \(id): \(name)\(isDefault ? " (default)" : "")" }
}
