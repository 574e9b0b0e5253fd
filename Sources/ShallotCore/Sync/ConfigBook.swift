import Foundation
import SessionConfig
package import SessionWire
package import ShallotStore
import Synchronization

/// The configs of one account, as the database has them.
///
/// The database is where they are; every change is made inside one of its transactions, which follow each other. So an
/// edit, the rows that show it and whatever caused it are kept together or not at all, and any number of books may work
/// on the same configs. What a book remembers only saves reading.
package final class ConfigBook: Sendable {
    package let own: AccountID
    let keys: ConfigKeys
    let store: Store
    /// Set when something was changed, so that somebody looks whether it has to be pushed.
    let changes = WakeSignal()
    private let networkNow: @Sendable () -> UInt64
    private let remembered = Mutex<[ConfigKind: Remembered]>([:])

    /// A config and the version of the record that it was read from.
    struct Remembered: Sendable {
        let version: Int64
        let config: SharedConfig
    }

    package init(store: Store, keys: AccountKeys, networkNow: @escaping @Sendable () -> UInt64) {
        (own, self.keys) = (keys.accountID, ConfigKeys(account: keys))
        (self.store, self.networkNow) = (store, networkNow)
    }

    /// Network time.
    var now: Date { Date(milliseconds: networkNow()) }

    /// Runs `body` inside a transaction that is going on, and keeps what it changed with the rest.
    package func edit<Value>(
        in transaction: StoreTransaction, _ body: (ConfigEditor) throws -> Value
    ) throws -> Value {
        let editor = ConfigEditor(transaction, self)
        let value = try body(editor)
        try editor.save()
        return value
    }

    /// The same in a transaction of its own.
    @discardableResult
    package func edit<Value: Sendable>(
        _ body: @escaping @Sendable (ConfigEditor) throws -> Value
    ) async throws -> Value {
        try await store.transaction { transaction in try self.edit(in: transaction, body) }
    }

    func recall(_ kind: ConfigKind, version: Int64) -> SharedConfig? {
        remembered.withLock { known in known[kind].flatMap { $0.version == version ? $0.config : nil } }
    }

    /// To be called for what is safe on disk.
    func remember(_ kind: ConfigKind, _ new: Remembered) {
        remembered.withLock { known in
            if known[kind].map({ $0.version < new.version }) ?? true { known[kind] = new }
        }
    }
}
