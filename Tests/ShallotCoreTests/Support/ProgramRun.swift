import Foundation
import Testing

/// A run of `shallot-cli`, which lies beside the program that runs the tests.
final class ProgramRun {
    private let process = Process()

    init(_ arguments: [String]) throws {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let program = URL(filePath: tests).deletingLastPathComponent().appending(path: "shallot-cli")
        try #require(
            FileManager.default.isExecutableFile(atPath: program.path), "swift build makes shallot-cli")
        process.executableURL = program
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// Foundation's own waiting needs a run loop.
    func ended() async throws -> Int32 {
        try await eventually("the program ends") { !process.isRunning }
        return process.terminationStatus
    }

    func kill() async throws {
        Glibc.kill(process.processIdentifier, SIGKILL)
        try await eventually("the program is gone") { !process.isRunning }
    }
}
