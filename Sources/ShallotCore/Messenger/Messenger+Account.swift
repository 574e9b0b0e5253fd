import Foundation
import SessionNetwork
public import SessionWire
public import ShallotStore

extension Messenger {
    /// The account of this profile; `nil` before one was made or restored.
    public func account() async throws -> AccountRecord? { try await store.account() }

    /// Makes a new account. Works without a network.
    public func createAccount(displayName: String) async throws(AccountError) -> AccountID {
        let name = try DisplayName(displayName)
        return try await adopt(.generate(), name: name.text, isPhraseSaved: false, isRestored: false)
    }

    /// Brings an account back from its recovery phrase. Without a name it is called by its shortened ID until
    /// ``setDisplayName(_:)``.
    public func restoreAccount(phrase: String, displayName: String?) async throws(AccountError) -> AccountID {
        let keys: AccountKeys
        do {
            keys = try AccountKeys(seed: RecoveryPhrase.decode(phrase))
        } catch let error as RecoveryPhraseError {
            throw .phrase(error)
        } catch {
            throw .phrase(.overflow)
        }
        let name: String? = if let displayName { try DisplayName(displayName).text } else { nil }
        return try await adopt(keys, name: name ?? "", isPhraseSaved: true, isRestored: true)
    }

    private func adopt(
        _ keys: AccountKeys, name: String, isPhraseSaved: Bool, isRestored: Bool
    ) async throws(AccountError) -> AccountID {
        // Two clicks are one account: nothing else is made while this one is being written down.
        guard active == nil, !isAdopting else { throw .alreadyExists }
        isAdopting = true
        defer { isAdopting = false }
        let now = options.now()
        let account = AccountRecord(
            accountID: keys.accountID, seed: keys.seed, displayName: name,
            profileUpdatedAt: isRestored ? Date(timeIntervalSince1970: 1) : now, isPhraseSaved: isPhraseSaved,
            createdAt: now)
        do {
            guard try await store.account() == nil else { throw AccountError.alreadyExists }
            let configs = ConfigBook(store: store, keys: keys) { [network] in network.now() }
            try await store.transaction { transaction in
                try transaction.saveAccount(account)
                try transaction.setPreference(.syncStage, to: isRestored ? .restoring : .ready)
                try transaction.setPreference(.isCatchingUp, to: isRestored)
                try transaction.setPreference(.provisionalName, to: isRestored ? name : "")
                guard !isRestored else { return }
                try configs.edit(in: transaction) { editor in
                    try editor.edit(.profileName(name))
                    // New accounts begin without it.
                    try editor.edit(.noteToSelfPriority(-1))
                }
            }
        } catch let error as AccountError {
            throw error
        } catch {
            throw .storage("\(error)")
        }
        activate(keys)
        return keys.accountID
    }

    /// A name for a restored account whose profile has not arrived. If one arrives after all, it is used instead.
    public func proposeDisplayName(_ text: String) async throws(AccountError) {
        let name = try DisplayName(text)
        let configs = try requireAccount().configs
        do {
            try await configs.edit { editor in
                guard try editor.store.account()?.displayName.isEmpty == true else { return }
                try editor.store.setPreference(.provisionalName, to: name.text)
                try editor.store.updateProfile(displayName: name.text, updatedAt: Date(timeIntervalSince1970: 1))
                if try editor.stage == .ready { try editor.takeProvisionalName() }
            }
        } catch {
            throw .storage("\(error)")
        }
    }

    /// Contacts learn it with the next message they get; the account's other devices at once.
    public func setDisplayName(_ text: String) async throws(AccountError) {
        let name = try DisplayName(text)
        let configs = try requireAccount().configs
        do {
            try await configs.edit { editor in
                try editor.store.setPreference(.provisionalName, to: "")
                try editor.edit(.profileName(name.text))
            }
        } catch {
            throw .storage("\(error)")
        }
    }

    /// The 13 words. Handle with care: never log, never keep.
    public func recoveryPhrase() async throws(AccountError) -> [String] {
        let keys = try requireAccount().keys
        guard let words = RecoveryPhrase.encode(keys.seed) else { throw .none }
        return words
    }

    public func setPhraseSaved(_ isSaved: Bool = true) async throws { try await store.setPhraseSaved(isSaved) }
}
