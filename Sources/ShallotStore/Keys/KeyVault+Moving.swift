import Foundation
import SodiumKit

extension KeyVault {
    /// Moves the key from its file into a key ring that has become available.
    ///
    /// The order loses nothing at any point: the key ring takes the key and gives it back, the note names the key ring, and
    /// only then the file goes. A crash before the last step leaves the file, and the next opening removes it.
    /// Call only when the file's key has opened the database.
    /// - Returns: where the key is now.
    public func moveToKeyring() async -> Location? {
        guard let keyring, location == .file, let key = try? readFile() else { return location }
        let profile = KeyPlace.newProfile()
        guard await keep(key, as: profile, in: keyring) else { return .file }
        do throws(StoreError) { try KeyPlace.keyring(profile: profile).write(to: directory) } catch {
            // The note still names the file; what the key ring took is of no use.
            try? await keyring.delete(profile)
            return .file
        }
        removeFile(holding: key)
        return .keyring
    }

    /// Removes the key file if it is a copy of what the key ring holds. Another key is left for somebody to look at.
    func removeFile(holding key: SecretBytes) {
        guard let copy = try? readFile(), copy == key, removeFile() else { return }  // unreadable: left alone too
        try? SmallFile.sync(directory)  // a crash may bring the file back; the next opening removes it again
    }
}
