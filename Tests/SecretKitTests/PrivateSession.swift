import Foundation
import ShallotTestSupport
import Testing

/// A session bus with a real key ring of its own. Nothing of the desktop that runs the tests is touched.
final class PrivateSession {
    static var isPossible: Bool {
        [busProgram, keyringProgram].allSatisfy(FileManager.default.isExecutableFile(atPath:))
    }

    private static let busProgram = "/usr/bin/dbus-daemon"
    private static let keyringProgram = "/usr/bin/gnome-keyring-daemon"

    let address: String
    private let home: URL
    private let bus: Process
    private var keyring: Process?

    init() throws {
        home = TemporaryFolder.fresh("bus")
        // Without these folders the key ring asks for a password in a dialog.
        for folder in [".cache", ".local/share", "run"] {
            try FileManager.default.createDirectory(
                at: home.appending(path: folder), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        }
        address = "unix:path=\(home.path)/bus"
        bus = Process()
        bus.executableURL = URL(filePath: Self.busProgram)
        bus.arguments = ["--session", "--nofork", "--nopidfile", "--address=\(address)", "--print-address"]
        let printed = Pipe()
        bus.standardOutput = printed
        bus.environment = environment
        try bus.run()
        _ = printed.fileHandleForReading.availableData  // it listens now
    }

    deinit {
        stopKeyring()
        end(bus)
        try? FileManager.default.removeItem(at: home)
    }

    private var environment: [String: String] {
        [
            "HOME": home.path, "XDG_RUNTIME_DIR": home.appending(path: "run").path, "PATH": "/usr/bin:/bin",
            "DBUS_SESSION_BUS_ADDRESS": address,
        ]
    }

    /// Starts the key ring and waits until it is on the bus.
    /// - Parameter password: unlocks the collection, making it first; `nil` leaves it locked.
    func startKeyring(password: String?) throws {
        let process = Process()
        process.executableURL = URL(filePath: Self.keyringProgram)
        process.arguments = ["--foreground", "--components=secrets"] + (password == nil ? ["--start"] : ["--unlock"])
        process.environment = environment
        let input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        keyring = process
        try input.fileHandleForWriting.write(contentsOf: Data((password ?? "").utf8))
        try input.fileHandleForWriting.close()
        try waitForName()
    }

    func stopKeyring() {
        if let keyring { end(keyring) }
        keyring = nil
    }

    /// Foundation's own waiting was seen to wait for ever on a thread without a run loop.
    private func end(_ process: Process) {
        kill(process.processIdentifier, SIGKILL)
        while process.isRunning { usleep(1_000) }
    }

    private func waitForName() throws {
        let end = Date(timeIntervalSinceNow: 120)
        while Date() < end {
            let call = Process()
            call.executableURL = URL(filePath: "/usr/bin/dbus-send")
            call.arguments = [
                "--bus=\(address)", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus",
                "org.freedesktop.DBus.GetNameOwner", "string:org.freedesktop.secrets",
            ]
            call.standardOutput = FileHandle.nullDevice
            call.standardError = FileHandle.nullDevice
            try call.run()
            // One that hangs is replaced, so that it does not take the whole test with it.
            let limit = Date(timeIntervalSinceNow: 10)
            while call.isRunning, Date() < limit { usleep(1_000) }
            guard !call.isRunning else {
                kill(call.processIdentifier, SIGKILL)
                continue
            }
            if call.terminationStatus == 0 { return }
        }
        Issue.record("the key ring did not come up")
    }
}
