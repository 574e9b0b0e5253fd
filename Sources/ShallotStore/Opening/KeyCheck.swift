import BaseKit
import CSealedVFS
import Foundation
import SodiumKit

/// A small record beside the database that tells a wrong key from a damaged database.
///
/// Layout: `SHLC`, version 1, 16 bytes of salt, 32 bytes of fingerprint (keyed hash of the salt), 16 bytes of BLAKE2b
/// over all before it. It is written last, so where it is good there was a complete database.
enum KeyCheck {
    enum Verdict: Equatable { case absent, unreadable, right, wrong }

    static let fileName = "shallot.check"
    private static let magic = Array("SHLC".utf8) + [1]
    private static let sumSize = 16
    private static let saltSize = Int(SEALED_VFS_SALT_BYTES)
    private static let size = magic.count + saltSize + Int(SEALED_VFS_CHECK_BYTES) + sumSize

    static func verdict(in directory: URL, key: SecretBytes) throws(StoreError) -> Verdict {
        guard let bytes = try SmallFile.read(directory.appending(path: fileName), limit: 1_024) else { return .absent }
        guard bytes.count == size, bytes.starts(with: magic),
            Blake2b.hash(Array(bytes.dropLast(sumSize)), size: sumSize) == Array(bytes.suffix(sumSize))
        else { return .unreadable }
        let salt = Array(bytes[magic.count..<magic.count + saltSize])
        let stored = Array(bytes[(magic.count + saltSize)...].dropLast(sumSize))
        return Sodium.constantTimeEqual(fingerprint(key, salt: salt), stored) ? .right : .wrong
    }

    static func write(to directory: URL, key: SecretBytes) throws(StoreError) {
        let salt = SystemRandom().bytes(saltSize)
        let body = magic + salt + fingerprint(key, salt: salt)
        guard let sum = Blake2b.hash(body, size: sumSize) else { throw .other("no checksum") }
        try SmallFile.write(body + sum, to: directory.appending(path: fileName))
    }

    private static func fingerprint(_ key: SecretBytes, salt: [UInt8]) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: Int(SEALED_VFS_CHECK_BYTES))
        key.withBytes { bytes in
            sealed_vfs_check(bytes.assumingMemoryBound(to: UInt8.self).baseAddress, salt, &result)
        }
        return result
    }
}
