import ArgumentParser
import BaseKit
import Foundation
import Logging

/// Runs the command that the arguments name and turns every error into one line and an exit code.
enum Program {
    /// Standard error belongs to errors; `SHALLOT_LOG=info` (or any other level) lets the logs join them.
    private static func quietLogs() {
        let level = ProcessInfo.processInfo.environment["SHALLOT_LOG"].flatMap(Logger.Level.init(rawValue:))
        LoggingSystem.bootstrap { label in
            guard let level else { return SwiftLogNoOpLogHandler() }
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        }
    }

    static func run() async {
        // Who listens no longer must not decide about the exit code.
        signal(SIGPIPE, SIG_IGN)
        quietLogs()
        do {
            var command = try ShallotCLI.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as Failure {
            end(failure.code, failure.sentence)
        } catch {
            let code = ShallotCLI.exitCode(for: error)
            if code == .success {  // --help, --version, or a command that is not complete
                guard asksForHelp else { end(.usage, "A command is missing (see shallot-cli --help)") }
                ShallotCLI.exit(withError: error)
            }
            let line = ShallotCLI.message(for: error).split(whereSeparator: \.isNewline).first ?? "unknown error"
            guard code == .validationFailure else { end(.other, String(line)) }
            end(.usage, "\(line) (see shallot-cli --help)")
        }
    }

    private static var asksForHelp: Bool {
        let words: Set = ["help", "-h", "--help", "--help-hidden", "--version", "--generate-completion-script"]
        return CommandLine.arguments.dropFirst().contains { words.contains($0) }
    }

    private static func end(_ code: Failure.Code, _ sentence: String) -> Never {
        LastWords.say("shallot-cli: \(sentence)")
        exit(code.rawValue)
    }
}
