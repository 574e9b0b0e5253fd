import BaseKit
public import Foundation
import Logging
public import SodiumKit

/// Keeps the database key of one data directory: in the desktop's key ring, or else in a private file.
///
/// Order of creation, so that a crash anywhere loses nothing: key into key ring or file, then the note that says where,
/// then (by the store) the database. A database without its key is reported, never given a new one.
public final class KeyVault: Sendable {
    public enum Location: Equatable, Sendable {
        case keyring
        /// A file that only this user can read. Preferences say so.
        case file
    }

    private static let keySize = 32
    static let fileName = "key"

    let directory: URL
    let keyring: KeyringAccess?

    /// - Parameters:
    ///   - directory: locked by the caller.
    ///   - keyring: `nil` on a desktop without one.
    public init(directory: URL, keyring: KeyringAccess?) {
        self.directory = directory
        self.keyring = keyring
    }

    /// Where the key is; `nil` before there is one.
    public var location: Location? {
        switch try? KeyPlace.read(in: directory) {  // an unreadable note is reported by `databaseKey`
        case .keyring: .keyring
        case .file: .file
        case nil: nil
        }
    }

    /// The key of the database in this directory; a new one if there is no database yet.
    /// - Throws: `.keyMissing`, `.keyringLocked`, `.keyringUnavailable`, `.unsafePermissions`.
    public func databaseKey() async throws(StoreError) -> SecretBytes {
        let hasDatabase = try DataDirectory.hasDatabase(directory)
        switch try KeyPlace.read(in: directory) {
        case .keyring(let profile):
            do throws(StoreError) {
                if let key = try await load(profile, hasDatabase: hasDatabase) {
                    removeFile(holding: key)
                    return key
                }
            } catch {
                if let key = try readFile() { return key }  // a move that was cut short; it is finished another time
                throw error
            }
            if let key = try readFile() { return key }
        case .file:
            if let key = try readFile() { return key }
        case nil:
            if let key = try readFile() {  // a crash between key and note
                try KeyPlace.file.write(to: directory)
                return key
            }
        }
        guard !hasDatabase else { throw .keyMissing }
        return try await makeKey()
    }

    /// Destroys the key. Without it the database is noise.
    /// - Returns: `false` if it is in a key ring that could not be reached or would not delete it.
    public func destroyKey() async -> Bool {
        var isGone = true
        if case .keyring(let profile) = try? KeyPlace.read(in: directory) {  // no note, no entry to look for
            do throws(KeyringFailure) {
                guard let keyring else { throw .unavailable }
                try await keyring.delete(profile)
            } catch { isGone = false }
        }
        isGone = removeFile() && isGone
        unlink(directory.appending(path: KeyPlace.fileName).path)
        try? SmallFile.sync(directory)  // the files that follow are synced again
        return isGone
    }

    private func load(_ profile: String, hasDatabase: Bool) async throws(StoreError) -> SecretBytes? {
        do throws(KeyringFailure) {
            guard let keyring else { throw .unavailable }
            guard let key = try await keyring.load(profile), key.count == Self.keySize else { return nil }
            return key
        } catch {
            if hasDatabase { throw error.asStoreError }
            return nil  // nothing to lose yet: a new key goes wherever there is room
        }
    }

    private func makeKey() async throws(StoreError) -> SecretBytes {
        let key = SecretBytes.random(Self.keySize)
        let profile = KeyPlace.newProfile()
        if let keyring, await keep(key, as: profile, in: keyring) {
            try KeyPlace.keyring(profile: profile).write(to: directory)
            return key
        }
        var bytes = key.copyBytes()
        defer { Sodium.wipe(&bytes) }
        try SmallFile.write(bytes, to: directory.appending(path: Self.fileName))
        try KeyPlace.file.write(to: directory)
        return key
    }

    /// Some services accept and forget; so the key is read back before a database stands on it.
    func keep(_ key: SecretBytes, as profile: String, in keyring: KeyringAccess) async -> Bool {
        do throws(KeyringFailure) {
            try await keyring.store(profile, key)
            return try await keyring.load(profile) == key
        } catch {
            Log.logger("store").notice("The key ring did not take the key; it goes into a file.")
            return false
        }
    }

    func readFile() throws(StoreError) -> SecretBytes? {
        let url = directory.appending(path: Self.fileName)
        var status = stat()
        guard lstat(url.path, &status) == 0 else { return nil }
        guard status.st_uid == geteuid(), status.st_mode & 0o077 == 0 else { throw .unsafePermissions }
        guard var bytes = try SmallFile.read(url, limit: 4 * Self.keySize) else { return nil }
        guard bytes.count == Self.keySize else {
            Sodium.wipe(&bytes)
            return nil
        }
        return SecretBytes(bytes)
    }

    /// - Returns: whether there is no key file any more.
    func removeFile() -> Bool {
        let file = directory.appending(path: Self.fileName)
        guard (try? SmallFile.size(file)) != nil else { return true }
        overwrite(file)
        return unlink(file.path) == 0
    }

    /// Best effort: file systems that write elsewhere keep the old blocks for a while.
    private func overwrite(_ url: URL) {
        let file = open(url.path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return }
        let zeros = [UInt8](repeating: 0, count: Self.keySize)
        _ = write(file, zeros, zeros.count)
        fsync(file)
        close(file)
    }
}
