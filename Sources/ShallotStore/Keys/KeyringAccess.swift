public import SodiumKit

/// The desktop's key ring as the vault needs it. Each closure answers within seconds, also when there is no key ring.
public struct KeyringAccess: Sendable {
    /// The key stored for `profile`; `nil` if the key ring answered and has none.
    public var load: @Sendable (_ profile: String) async throws(KeyringFailure) -> SecretBytes?
    public var store: @Sendable (_ profile: String, _ key: SecretBytes) async throws(KeyringFailure) -> Void
    /// Succeeds also when there was none.
    public var delete: @Sendable (_ profile: String) async throws(KeyringFailure) -> Void
    /// Asks the person to unlock the key ring, in a dialog of the desktop; takes as long as the person takes.
    public var unlock: @Sendable () async throws(KeyringFailure) -> Void

    public init(
        load: @escaping @Sendable (_ profile: String) async throws(KeyringFailure) -> SecretBytes?,
        store: @escaping @Sendable (_ profile: String, _ key: SecretBytes) async throws(KeyringFailure) -> Void,
        delete: @escaping @Sendable (_ profile: String) async throws(KeyringFailure) -> Void,
        unlock: @escaping @Sendable () async throws(KeyringFailure) -> Void
    ) {
        self.load = load
        self.store = store
        self.delete = delete
        self.unlock = unlock
    }
}

/// Why a key ring did not do it.
public enum KeyringFailure: Error, Equatable, Sendable {
    case locked
    case unavailable

    var asStoreError: StoreError {
        switch self {
        case .locked: .keyringLocked
        case .unavailable: .keyringUnavailable
        }
    }
}
