import Foundation
import Synchronization

/// A relay for calls on this machine (coturn), for one test.
public final class CallRelay: Sendable {
    /// `turn:address:port`.
    public let address: String
    public static let (user, password) = ("tester", "secret")
    private let process: Process

    private static let program = "/usr/bin/turnserver"
    /// Whether coturn is here; tests that need it are left out otherwise.
    public static let isInstalled = FileManager.default.isExecutableFile(atPath: program)
    private static let nextPort = Atomic<Int>(20_000 + Int(ProcessInfo.processInfo.processIdentifier) % 20_000)

    public init() throws {
        // Relays do not serve loopback addresses, and agents do not offer them.
        let addresses = try Self.output(of: "/usr/bin/hostname", "-I").split(separator: " ")
        guard let own = addresses.first(where: { $0.contains(".") }) else { throw CocoaError(.featureUnsupported) }
        let port = Self.nextPort.wrappingAdd(1, ordering: .relaxed).oldValue
        address = "turn:\(own):\(port)"
        let files = TemporaryFolder.fresh("relay").path
        process = Process()
        process.executableURL = URL(filePath: Self.program)
        process.arguments = [
            "-n", "--listening-ip=\(own)", "--relay-ip=\(own)", "--listening-port=\(port)", "--lt-cred-mech",
            "--user=\(Self.user):\(Self.password)", "--realm=shallot", "--no-tls", "--no-dtls", "--no-cli",
            "--userdb=\(files).users", "--pidfile=\(files).pid", "--log-file=stdout", "--simple-log",
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        // Agents ask again until it listens.
        try process.run()
    }

    // A child of a test inherits blocked signals; this one cannot be blocked.
    deinit { kill(process.processIdentifier, SIGKILL) }

    private static func output(of program: String, _ arguments: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
