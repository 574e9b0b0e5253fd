import Foundation
import SodiumKit
import Synchronization
import Testing

@testable import ShallotStore

/// A key ring in memory.
private final class FakeKeyring: Sendable {
    struct State {
        var entries: [String: SecretBytes] = [:]
        var failure: KeyringFailure?
        var forgets = false
    }

    let state = Mutex(State())

    var access: KeyringAccess {
        KeyringAccess(
            load: { profile throws(KeyringFailure) in try self.perform { $0.entries[profile] } },
            store: { profile, key throws(KeyringFailure) in
                try self.perform { if !$0.forgets { $0.entries[profile] = key } }
            },
            delete: { profile throws(KeyringFailure) in try self.perform { $0.entries[profile] = nil } },
            unlock: { () throws(KeyringFailure) in try self.perform { _ in } })
    }

    private func perform<Result: Sendable>(_ body: (inout State) -> Result) throws(KeyringFailure) -> Result {
        let result: Swift.Result<Result, KeyringFailure> = state.withLock { state in
            if let failure = state.failure { .failure(failure) } else { .success(body(&state)) }
        }
        return try result.get()
    }
}

@Suite("The key vault") struct KeyVaultTests {
    let directory: Scratch
    private let keyring = FakeKeyring()
    init() throws { directory = try Scratch() }

    private func vault(keyring: Bool = true) -> KeyVault {
        KeyVault(directory: directory.url, keyring: keyring ? self.keyring.access : nil)
    }

    private func makeDatabase(_ key: SecretBytes) throws { try Store.open(directory: directory.url, key: key).close() }

    @Test func `with a key ring the key is there and nowhere else`() async throws {
        #expect(vault().location == nil)
        let key = try await vault().databaseKey()
        #expect(vault().location == .keyring && key.count == 32)
        #expect(try directory.names() == ["key-place"])
        #expect(try await vault().databaseKey() == key)
    }

    @Test func `without one it is in a private file`() async throws {
        let key = try await vault(keyring: false).databaseKey()
        #expect(vault().location == .file)
        #expect(try directory.bytes("key") == key.copyBytes())
        let mode = try FileManager.default.attributesOfItem(atPath: directory.url.appending(path: "key").path)
        #expect((mode[.posixPermissions] as? Int) == 0o600)
        // A key ring that appears later changes nothing.
        #expect(try await vault().databaseKey() == key)
    }

    @Test(arguments: [KeyringFailure.locked, .unavailable])
    func `a key ring that does not take the key is passed over`(failure: KeyringFailure) async throws {
        keyring.state.withLock { $0.failure = failure }
        _ = try await vault().databaseKey()
        #expect(vault().location == .file)
    }

    @Test func `a key ring that accepts and forgets is passed over`() async throws {
        keyring.state.withLock { $0.forgets = true }
        _ = try await vault().databaseKey()
        #expect(vault().location == .file)
    }

    @Test func `a database never gets a new key`() async throws {
        let key = try await vault().databaseKey()
        try makeDatabase(key)
        keyring.state.withLock { $0.failure = .locked }
        await #expect(throws: StoreError.keyringLocked) { try await vault().databaseKey() }
        keyring.state.withLock { $0.failure = .unavailable }
        await #expect(throws: StoreError.keyringUnavailable) { try await vault().databaseKey() }
        await #expect(throws: StoreError.keyringUnavailable) { try await vault(keyring: false).databaseKey() }
        keyring.state.withLock { ($0.failure, $0.entries) = (nil, [:]) }
        await #expect(throws: StoreError.keyMissing) { try await vault().databaseKey() }
        try FileManager.default.removeItem(at: directory.url.appending(path: "key-place"))
        await #expect(throws: StoreError.keyMissing) { try await vault().databaseKey() }
        #expect(!(try directory.names().contains("key")))
    }

    @Test func `the key moves from its file into a key ring that became available`() async throws {
        let key = try await vault(keyring: false).databaseKey()
        try makeDatabase(key)
        #expect(await vault().moveToKeyring() == .keyring)
        #expect(vault().location == .keyring)
        #expect(!(try directory.names().contains("key")))
        #expect(try await vault().databaseKey() == key)
        #expect(await vault().moveToKeyring() == .keyring)
        #expect(keyring.state.withLock { $0.entries.count } == 1)
    }

    @Test(arguments: [KeyringFailure.locked, .unavailable, nil])
    func `the file stays as long as the key ring does not give the key back`(failure: KeyringFailure?) async throws {
        let key = try await vault(keyring: false).databaseKey()
        try makeDatabase(key)
        keyring.state.withLock { ($0.failure, $0.forgets) = (failure, failure == nil) }
        #expect(await vault().moveToKeyring() == .file)
        #expect(try directory.bytes("key") == key.copyBytes())
        #expect(try await vault(keyring: false).databaseKey() == key)
    }

    @Test func `a move that was cut short before the file went is finished by the next opening`() async throws {
        let key = try await vault(keyring: false).databaseKey()
        try makeDatabase(key)
        _ = await vault().moveToKeyring()
        try directory.write(key.copyBytes(), "key")
        chmod(directory.url.appending(path: "key").path, 0o600)
        keyring.state.withLock { $0.failure = .locked }
        #expect(try await vault().databaseKey() == key, "the file still opens the database")
        #expect(try directory.names().contains("key"))
        keyring.state.withLock { $0.failure = nil }
        #expect(try await vault().databaseKey() == key)
        #expect(!(try directory.names().contains("key")))
    }

    @Test func `a foreign key file beside a key in the key ring is left alone`() async throws {
        let key = try await vault().databaseKey()
        try makeDatabase(key)
        try directory.write([UInt8](repeating: 1, count: 32), "key")
        chmod(directory.url.appending(path: "key").path, 0o600)
        #expect(try await vault().databaseKey() == key)
        #expect(try directory.names().contains("key"))
    }

    @Test func `a missing or cut key file of a database is named`() async throws {
        let key = try await vault(keyring: false).databaseKey()
        try makeDatabase(key)
        try directory.write([1, 2, 3], "key")
        chmod(directory.url.appending(path: "key").path, 0o600)
        await #expect(throws: StoreError.keyMissing) { try await vault().databaseKey() }
        try FileManager.default.removeItem(at: directory.url.appending(path: "key"))
        await #expect(throws: StoreError.keyMissing) { try await vault().databaseKey() }
    }

    @Test func `a crash between key and note loses nothing`() async throws {
        let key = try await vault(keyring: false).databaseKey()
        try FileManager.default.removeItem(at: directory.url.appending(path: "key-place"))
        #expect(try await vault().databaseKey() == key)
        #expect(vault().location == .file)
    }

    @Test func `a key file that others can read is refused`() async throws {
        _ = try await vault(keyring: false).databaseKey()
        chmod(directory.url.appending(path: "key").path, 0o640)
        await #expect(throws: StoreError.unsafePermissions) { try await vault().databaseKey() }
    }

    @Test func `an unreadable note is damage, not a reason for a new key`() async throws {
        try directory.write(Array("somewhere else".utf8), "key-place")
        await #expect { try await vault().databaseKey() } throws: {
            if case StoreError.damaged = $0 { true } else { false }
        }
    }

    @Test(arguments: [true, false])
    func `clearing destroys the key first, then every file`(withKeyring: Bool) async throws {
        let lock = try DataDirectory.lock(directory.url)
        let vault = vault(keyring: withKeyring)
        try makeDatabase(try await vault.databaseKey())
        try directory.write([1], "attachment")
        #expect(try await DataDirectory.erase(lock, vault: vault))
        #expect(try directory.names().isEmpty)
        #expect(keyring.state.withLock { $0.entries.isEmpty })
        _ = try await vault.databaseKey()  // begins anew
    }

    @Test func `clearing says when the key ring kept the key`() async throws {
        let lock = try DataDirectory.lock(directory.url)
        _ = try await vault().databaseKey()
        keyring.state.withLock { $0.failure = .locked }
        #expect(try await DataDirectory.erase(lock, vault: vault()) == false)
        #expect(try directory.names().isEmpty)
    }
}
