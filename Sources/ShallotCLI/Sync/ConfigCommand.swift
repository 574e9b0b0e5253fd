import ArgumentParser
import Foundation
import ShallotCore

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Look at what the account's devices share. Does not connect.",
        subcommands: [Show.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print profile, contacts, groups and read positions as they are merged on this device.",
            discussion: """
                One line for each config, with its number, whether the swarm has it, and its content under the \
                network's own short keys. --raw adds the secrets of groups and pictures: whoever reads them has the \
                groups.
                """)
        @ParentCommand var root: ShallotCLI
        @Flag(help: "Print secrets too.") var raw = false

        func run() async throws {
            try await root.withProfile { messenger in
                for report in try await messenger.configReports(withSecrets: raw) {
                    let text = try report.text()
                    try root.output.write(report, text)
                }
            }
        }
    }
}

extension ConfigReport {
    fileprivate func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        let content = String(decoding: try encoder.encode(data), as: UTF8.self)
        return "\(kind) \(sequence)\(isInSwarm ? "" : " (waits to be stored)")\n\(content)"
    }
}
