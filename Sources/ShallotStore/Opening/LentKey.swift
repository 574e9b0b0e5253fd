import CSealedVFS
import Foundation
import SodiumKit
import Synchronization

/// The key of one database, lent to the sealing VFS until it is taken back.
final class LentKey: Sendable {
    /// `nil` once taken back. The handle is only compared and passed on, under the mutex.
    private let handle: Mutex<Handle?>

    // Safe to share: the VFS guards what it points to with a lock of its own.
    private struct Handle: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    /// - Parameters:
    ///   - path: of the database. It need not exist yet, its directory must.
    ///   - key: `SEALED_VFS_KEY_BYTES` of them.
    init(path: String, key: SecretBytes) throws(StoreError) {
        guard key.count == Int(SEALED_VFS_KEY_BYTES) else { throw .wrongKey }
        var pointer: OpaquePointer?
        let result = key.withBytes { bytes in
            sealed_vfs_add_key(path, bytes.assumingMemoryBound(to: UInt8.self).baseAddress, &pointer)
        }
        guard result == SQLITE_OK, let pointer else { throw .other("the page cipher could not be set up (\(result))") }
        handle = Mutex(Handle(pointer: pointer))
    }

    deinit { takeBack() }

    /// Files that are still open keep their copy until they are closed; no new ones open.
    func takeBack() {
        let last = handle.withLock { handle in
            defer { handle = nil }
            return handle
        }
        if let last { sealed_vfs_remove_key(last.pointer) }
    }
}
