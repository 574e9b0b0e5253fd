import CSecret
public import SodiumKit

/// The desktop's key ring (Secret Service), for secrets of this application.
///
/// Every call answers within its time limit: libsecret's blocking calls run on a thread of their own and are cancelled when
/// the time is over; a call that ignores that is left behind. No call opens a dialog except ``unlock(timeout:)``.
///
/// An entry carries the attributes `profile` and `purpose`; its label names neither person nor account.
public struct Keyring: Sendable {
    /// What an entry is for.
    public enum Purpose: String, Sendable { case databaseKey = "database-key" }

    /// Long enough for a service that has to be started, short enough for somebody who waits for a window.
    public static let defaultTimeout = Duration.seconds(2)
    /// Largest secret that is taken back, in bytes.
    static let sizeLimit = 4_096

    private let timeout: Duration

    public init(timeout: Duration = defaultTimeout) { self.timeout = timeout }

    /// The secret; `nil` if the key ring answered and has none.
    /// - Throws: `.locked` if there is, or may be, one that cannot be read now.
    public func load(profile: String, purpose: Purpose = .databaseKey) async throws(KeyringError) -> SecretBytes? {
        try await KeyringCall.run(timeout) { cancellable throws(KeyringError) in
            try KeyringService(cancellable).load(KeyringEntry(profile: profile, purpose: purpose))
        }
    }

    /// Keeps the secret in the default collection, replacing an earlier one.
    /// - Throws: `.locked` if that collection is locked or does not exist yet: either would open a dialog.
    public func store(
        _ secret: SecretBytes, profile: String, purpose: Purpose = .databaseKey
    ) async throws(KeyringError) {
        try await KeyringCall.run(timeout) { cancellable throws(KeyringError) in
            try KeyringService(cancellable).store(secret, as: KeyringEntry(profile: profile, purpose: purpose))
        }
    }

    /// Removes the secret. Succeeds also if there was none.
    /// - Throws: `.locked` if there is, or may be, one that cannot be reached now.
    public func delete(profile: String, purpose: Purpose = .databaseKey) async throws(KeyringError) {
        try await KeyringCall.run(timeout) { cancellable throws(KeyringError) in
            try KeyringService(cancellable).delete(KeyringEntry(profile: profile, purpose: purpose))
        }
    }

    /// Asks the desktop to unlock the default collection. The desktop shows a dialog; `timeout` is for the person.
    public func unlock(timeout: Duration = .seconds(120)) async throws(KeyringError) {
        try await KeyringCall.run(timeout) { cancellable throws(KeyringError) in
            try KeyringService(cancellable).unlock()
        }
    }
}
