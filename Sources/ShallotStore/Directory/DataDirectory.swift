public import Foundation

/// The directory in which one profile lives: 0700, ours, and used by one process at a time.
public enum DataDirectory {
    /// Makes the directory if there is none and takes its lock.
    /// - Throws: `.busy` if another process has it, `.unsafePermissions` if others can read it, `.noDirectory`,
    ///   `.readOnly`.
    public static func lock(_ url: URL) throws(StoreError) -> DirectoryLock {
        try create(url)
        try verify(url)
        let file = open(url.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { throw SmallFile.failure() }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let reason: StoreError = errno == EWOULDBLOCK ? .busy : SmallFile.failure()
            close(file)
            throw reason
        }
        return DirectoryLock(url: url, file: file)
    }

    /// Whether a database was ever made here; then no new key may be.
    static func hasDatabase(_ url: URL) throws(StoreError) -> Bool {
        for name in DatabaseOpening.fileNames where try SmallFile.size(url.appending(path: name)) ?? 0 > 0 {
            return true
        }
        return false
    }

    /// Refuses a directory that is somebody else's or open to others.
    static func verify(_ url: URL) throws(StoreError) {
        var status = stat()
        guard stat(url.path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { throw .noDirectory }
        guard status.st_uid == geteuid(), status.st_mode & 0o077 == 0 else { throw .unsafePermissions }
    }

    private static func create(_ url: URL) throws(StoreError) {
        var status = stat()
        if stat(url.path, &status) == 0 { return }
        do {
            try FileManager.default.createDirectory(
                at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw access(url.deletingLastPathComponent().path, F_OK) == 0 && errno != EROFS ? .readOnly : .noDirectory
        }
        guard chmod(url.path, 0o700) == 0 else { throw SmallFile.failure() }  // whatever the umask was
    }

    /// Clears this device: destroys the key, then removes the database and the rest of the directory's content.
    ///
    /// The store must be closed. A crash in between leaves files that nobody can open any more.
    /// - Returns: whether the key is certainly gone; `false` if the key ring kept it.
    @discardableResult
    public static func erase(_ lock: DirectoryLock, vault: KeyVault) async throws(StoreError) -> Bool {
        let isKeyGone = await vault.destroyKey()
        for name in DatabaseOpening.fileNames { unlink(lock.url.appending(path: name).path) }
        do {
            let rest = try FileManager.default.contentsOfDirectory(at: lock.url, includingPropertiesForKeys: nil)
            for item in rest { try FileManager.default.removeItem(at: item) }
        } catch { throw .other("some files could not be removed") }
        try SmallFile.sync(lock.url)
        return isKeyGone
    }
}
