import Foundation
import SecretKit
import ShallotTestSupport
import SodiumKit
import Testing

/// Each part runs in a process of its own, as GIO remembers the session bus of a process.
@Suite("The key ring", .serialized, .timeLimit(.minutes(5))) struct KeyringTests {
    private static let secret = SecretBytes([UInt8](repeating: 42, count: 32))
    private static let other = SecretBytes([UInt8](repeating: 43, count: 32))

    @Test(.enabled(if: PrivateSession.isPossible))
    func `a secret is kept, replaced, found by profile only, and removed`() async throws {
        let session = try PrivateSession()
        try session.startKeyring(password: "pw")
        await #expect(processExitsWith: .success) { [address = session.address as String] in
            setenv("DBUS_SESSION_BUS_ADDRESS", address, 1)
            let keyring = Keyring(timeout: .seconds(60))
            #expect(try await keyring.load(profile: "a") == nil)
            try await keyring.store(Self.secret, profile: "a")
            #expect(try await keyring.load(profile: "a") == Self.secret)
            #expect(try await keyring.load(profile: "b") == nil)
            try await keyring.store(Self.other, profile: "a")
            #expect(try await keyring.load(profile: "a") == Self.other)
            try await keyring.delete(profile: "a")
            #expect(try await keyring.load(profile: "a") == nil)
            try await keyring.delete(profile: "a")
        }
    }

    @Test(.enabled(if: PrivateSession.isPossible))
    func `a locked key ring says so at once, without a dialog`() async throws {
        let session = try PrivateSession()
        try session.startKeyring(password: "pw")
        await #expect(processExitsWith: .success) { [address = session.address as String] in
            setenv("DBUS_SESSION_BUS_ADDRESS", address, 1)
            try await Keyring(timeout: .seconds(60)).store(Self.secret, profile: "a")
        }
        session.stopKeyring()
        try session.startKeyring(password: nil)
        await #expect(processExitsWith: .success) { [address = session.address as String] in
            setenv("DBUS_SESSION_BUS_ADDRESS", address, 1)
            let keyring = Keyring(timeout: .seconds(60))
            await #expect(throws: KeyringError.locked) { try await keyring.load(profile: "a") }
            await #expect(throws: KeyringError.locked) { try await keyring.store(Self.secret, profile: "b") }
            await #expect(throws: KeyringError.locked) { try await keyring.delete(profile: "a") }
        }
    }

    @Test func `without a bus the answer comes at once`() async throws {
        await #expect(processExitsWith: .success) {
            setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", 1)
            // An answer that came with the time limit would be `.timedOut`.
            let keyring = Keyring(timeout: .seconds(60))
            await #expect(throws: KeyringError.unavailable) { try await keyring.load(profile: "a") }
            await #expect(throws: KeyringError.unavailable) { try await keyring.store(Self.secret, profile: "a") }
            await #expect(throws: KeyringError.unavailable) { try await keyring.delete(profile: "a") }
        }
    }

    @Test(.enabled(if: PrivateSession.isPossible))
    func `a key ring that was never set up has nothing and takes nothing`() async throws {
        let session = try PrivateSession()
        try session.startKeyring(password: nil)
        await #expect(processExitsWith: .success) { [address = session.address as String] in
            setenv("DBUS_SESSION_BUS_ADDRESS", address, 1)
            let keyring = Keyring(timeout: .seconds(60))
            let found = try await keyring.load(profile: "a")
            #expect(found == nil)
            await #expect(throws: KeyringError.locked) { try await keyring.store(Self.secret, profile: "a") }
        }
    }

    @Test func `a bus that never answers costs the time limit and no more`() async throws {
        let path = TemporaryFolder.fresh("mute").path
        let mute = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer {
            close(mute)
            unlink(path)
        }
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let bound = withUnsafePointer(to: &name) { name in
            name.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(mute, $0, size) }
        }
        #expect(bound == 0 && listen(mute, 5) == 0)
        await #expect(processExitsWith: .success) { [path = path as String] in
            setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=\(path)", 1)
            let start = ContinuousClock.now
            await #expect(throws: KeyringError.timedOut) {
                try await Keyring(timeout: .milliseconds(500)).load(profile: "a")
            }
            #expect(ContinuousClock.now - start < .seconds(30))
        }
    }
}
