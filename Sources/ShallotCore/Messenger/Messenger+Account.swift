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
    /// its profile arrives, or ``proposeDisplayName(_:)``.
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

    /// A name for a restored account whose profile has not arrived. If one arrives after all, it is used instead. Changes
    /// nothing once there is another name.
    public func proposeDisplayName(_ text: String) async throws(AccountError) {
        try await changeName(to: text) { editor, name in
            if try editor.isNameOpen { try editor.propose(name) }
        }
    }

    /// Contacts learn it with the next message they get; the account's other devices at once. While a profile may still
    /// arrive this is no more than ``proposeDisplayName(_:)``: it would undo what another device says.
    public func setDisplayName(_ text: String) async throws(AccountError) {
        try await changeName(to: text) { editor, name in
            guard try !editor.isNameOpen else { return try editor.propose(name) }
            try editor.store.setPreference(.provisionalName, to: "")
            try editor.edit(.profileName(name))
        }
    }

    private func changeName(
        to text: String, _ body: @escaping @Sendable (ConfigEditor, String) throws -> Void
    ) async throws(AccountError) {
        let name = try DisplayName(text).text
        let configs = try requireAccount().configs
        do {
            try await configs.edit { editor in try body(editor, name) }
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
