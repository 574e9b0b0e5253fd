import Foundation
import SodiumKit

/// Small private files (0600), written so that after a crash either the old or the new content is there.
enum SmallFile {
    /// The whole content; `nil` if there is no such file.
    /// - Throws: `.damaged` beyond `limit` bytes, `.unsafePermissions` if we may not read it.
    static func read(_ url: URL, limit: Int) throws(StoreError) -> [UInt8]? {
        let file = Glibc.open(url.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw failure()
        }
        defer { Glibc.close(file) }
        var buffer = [UInt8](repeating: 0, count: limit + 1)
        var filled = 0
        while filled < buffer.count {
            let count = buffer.withUnsafeMutableBytes { bytes in
                Glibc.read(file, bytes.baseAddress?.advanced(by: filled), bytes.count - filled)
            }
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw failure() }
            if count == 0 { break }
            filled += count
        }
        defer { Sodium.wipe(&buffer) }
        guard filled <= limit else { throw .damaged("\(url.lastPathComponent) is too long") }
        return Array(buffer[..<filled])
    }

    /// Replaces or makes the file: a temporary one beside it, synced, renamed, and the directory synced.
    static func write(_ bytes: [UInt8], to url: URL) throws(StoreError) {
        let temporary = url.path + ".new"
        unlink(temporary)
        let file = Glibc.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw failure() }
        defer { Glibc.close(file) }
        do throws(StoreError) {
            try writeAll(bytes, to: file)
            guard fsync(file) == 0, rename(temporary, url.path) == 0 else { throw failure() }
        } catch {
            unlink(temporary)
            throw error
        }
        try sync(url.deletingLastPathComponent())
    }

    /// An empty private file, unless there is one. SQLite would make it readable for others; log and index follow its mode.
    static func createIfMissing(_ url: URL) throws(StoreError) {
        let file = Glibc.open(url.path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw failure() }
        Glibc.close(file)
    }

    /// Bytes of the file; `nil` if there is none.
    static func size(_ url: URL) throws(StoreError) -> Int? {
        var status = stat()
        guard lstat(url.path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw failure()
        }
        return Int(status.st_size)
    }

    /// Makes a removal or a new name durable.
    static func sync(_ directory: URL) throws(StoreError) {
        let file = Glibc.open(directory.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { throw failure() }
        defer { Glibc.close(file) }
        guard fsync(file) == 0 || errno == EINVAL else { throw failure() }
    }

    private static func writeAll(_ bytes: [UInt8], to file: Int32) throws(StoreError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(file, $0.baseAddress?.advanced(by: written), $0.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure() }
            written += count
        }
    }

    /// What `errno` means to the store.
    static func failure() -> StoreError {
        switch errno {
        case ENOSPC, EDQUOT, EFBIG: .diskFull
        case EROFS: .readOnly
        case EACCES, EPERM: .unsafePermissions
        case ENOENT, ENOTDIR: .noDirectory
        case let code: .other("a file operation failed with error \(code)")
        }
    }
}
