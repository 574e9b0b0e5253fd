import SecretKit
public import ShallotStore

extension KeyringAccess {
    /// The key ring of the desktop session. Without one, each closure fails at once or within two seconds, and the vault
    /// takes a private file instead.
    public static var desktop: KeyringAccess {
        let keyring = Keyring()
        return KeyringAccess(
            load: { profile async throws(KeyringFailure) in
                do throws(KeyringError) { return try await keyring.load(profile: profile) } catch {
                    if error == .malformed { return nil }  // whatever the entry holds now, it is no key
                    throw KeyringFailure(error)
                }
            },
            store: { profile, key async throws(KeyringFailure) in
                do throws(KeyringError) { try await keyring.store(key, profile: profile) } catch {
                    throw KeyringFailure(error)
                }
            },
            delete: { profile async throws(KeyringFailure) in
                do throws(KeyringError) { try await keyring.delete(profile: profile) } catch {
                    throw KeyringFailure(error)
                }
            },
            unlock: { () async throws(KeyringFailure) in
                do throws(KeyringError) { try await keyring.unlock() } catch { throw KeyringFailure(error) }
            })
    }
}

extension KeyringFailure {
    init(_ error: KeyringError) {
        self =
            switch error {
            case .locked: .locked
            case .unavailable, .timedOut, .malformed, .other: .unavailable
            }
    }
}
