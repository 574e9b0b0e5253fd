public import Foundation
public import Observation
public import SessionNetwork
import SessionWire
public import ShallotCore

/// The page about the network that a profile uses: what it starts from, and how to use another one.
@Observable
public final class NetworkServersModel {
    public let definition: NetworkDefinition
    public let source: NetworkChoice.Source
    public private(set) var notice: Notice?
    public private(set) var isWorking = false

    /// What can be done about the network.
    enum Change: Sendable {
        case choose(URL)
        case reset

        func apply(to choice: NetworkChoice) throws {
            switch self {
            case .choose(let file): _ = try choice.choose(file)
            case .reset: try choice.reset()
            }
        }
    }

    /// Carries out a change and opens the profile with what counts then.
    private let change: (Change) async throws -> Void

    init(
        definition: NetworkDefinition, source: NetworkChoice.Source, change: @escaping (Change) async throws -> Void
    ) {
        (self.definition, self.source, self.change) = (definition, source, change)
    }

    public var explanation: String {
        tr(
            "A network is described by a file that names its servers. You can use any other: save a copy of this one, change it, and choose it here."
        )
    }

    public var name: String { definition.name }

    /// Where the definition comes from.
    public var origin: String {
        switch source {
        case .named: tr("Named at the start with --network; that cannot be changed here")
        case .chosen: tr("Chosen by you")
        case .installed: tr("Came with Shallot")
        }
    }

    public var canChange: Bool { source != .named }
    public var canReset: Bool { source == .chosen }

    /// The servers that are asked for the list of nodes.
    public var seeds: [String] { definition.seeds.map(\.url) }
    /// The nodes that are asked when no server answers.
    public var nodes: [String] { definition.nodes.map { "\($0.address):\($0.port)" } }

    /// Uses the definition in this file from now on.
    public func choose(_ file: URL) async { await perform(.choose(file)) }

    /// Goes back to the definition that came with the program.
    public func reset() async { await perform(.reset) }

    /// Writes the definition that counts, to be changed.
    /// - Returns: whether it is on disk.
    public func save(to file: URL) -> Bool {
        do {
            try Data(definition.encoded()).write(to: file, options: .atomic)
            return true
        } catch {
            notice = Notice(text: tr("The file could not be written."))
            return false
        }
    }

    private func perform(_ step: Change) async {
        guard canChange, !isWorking else { return }
        isWorking = true
        defer { isWorking = false }
        notice = nil
        do { try await change(step) } catch { notice = Notice(error) }
    }
}

extension Notice {
    nonisolated init(_ error: NetworkDefinitionError) {
        let text =
            switch error {
            case .unreadable: tr("This file cannot be read.")
            case .tooLarge: tr("This file is too large to describe a network.")
            case .notJSON: tr("This file does not describe a network: it is not a JSON object.")
            case .missing(let member):
                tr("This file does not describe a network: “{name}” is missing.", ["name": member])
            case .wrongType(let member):
                tr("This file does not describe a network: “{name}” is of the wrong kind.", ["name": member])
            case .unknownFormat: tr("This file was written for a newer version of Shallot.")
            case .invalid(let member, let reason):
                tr("“{name}” in this file cannot be used: {reason}", ["name": member, "reason": reason.words])
            case .nothingToStartFrom: tr("This file names no server and no node to start from.")
            }
        self.init(text: text)
    }
}

extension NetworkDefinitionError.Reason {
    /// The reason after the colon, in the reader's language.
    nonisolated var words: String {
        switch self {
        case .nameLength(let range):
            tr(
                "it needs {least} to {most} characters",
                ["least": range.lowerBound.formatted(), "most": range.upperBound.formatted()])
        case .tooMany(let limit): trn("it has more than {n} entry", "it has more than {n} entries", limit)
        case .outside(let range):
            tr(
                "it must be a number from {least} to {most}",
                ["least": range.lowerBound.formatted(), "most": range.upperBound.formatted()])
        case .hugeNumber: tr("the number is too large")
        case .noServerAddress: tr("it must be an address like https://host:port")
        case .noWebAddress: tr("it must be an http or https address")
        case .noIPv4Address: tr("it must be an IPv4 address")
        case .noRelayAddress: tr("it must have stun: or turn: addresses only")
        case .noAddresses: tr("it names no address")
        case .plainHTTP: tr("plain http is only for addresses of this device")
        case .noKey: tr("it must have 64 hexadecimal characters")
        }
    }
}
