public import Foundation
import GRDB
public import SodiumKit

/// Everything that Shallot keeps on disk for one profile.
///
/// Each method is one transaction and runs off the calling thread. Writes are durable when the method returns: the log
/// is synced at each commit, so that neither a killed process nor a power cut loses a message that was acknowledged; what
/// says otherwise names `Durability.ordered`. A write that has begun is finished even if the calling task is cancelled.
public final class Store: Sendable {
    let database: any DatabaseWriter
    private let lentKey: LentKey?
    private let gate = Gate()

    init(database: any DatabaseWriter, lentKey: LentKey?) {
        self.database = database
        self.lentKey = lentKey
    }

    /// Opens the database in `directory`, or makes it if there was none. The caller holds the directory's lock.
    /// - Throws: `.wrongKey`, `.damaged`, `.tooNew` and the rest of `StoreError`. Whatever is there is left as it is.
    public static func open(directory: URL, key: SecretBytes) throws(StoreError) -> Store {
        try DatabaseOpening(directory: directory, key: key).open()
    }

    /// A database that is gone with the object, for tests and previews.
    public static func inMemory() throws(StoreError) -> Store {
        do {
            let queue = try DatabaseQueue(configuration: DatabaseOpening.commonConfiguration())
            try Migrations.all.migrate(queue)
            return Store(database: queue, lentKey: nil)
        } catch { throw StoreError(error) }
    }

    /// Empties the log into the database and closes both. Methods called afterwards throw.
    public func close() throws(StoreError) {
        guard gate.shut() else { return }
        do {
            if let pool = database as? DatabasePool {
                // Reading connections first: the last one to close removes the log, and they may not.
                pool.releaseMemory()
                // Frame headers carry checksums of plain pages; an emptied log carries nothing.
                _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            }
            try database.close()
        } catch { throw StoreError(error) }
        lentKey?.takeBack()
    }

    /// Several changes that belong together, as one transaction: all of them are kept, or none if `body` throws.
    /// - Parameter durability: whether a power cut may undo what would be done again anyway.
    /// - Throws: `body`'s own error as `StoreError.other` unless it is a `StoreError`.
    public func transaction<Result: Sendable>(
        _ durability: Durability = .synced, _ body: @escaping @Sendable (StoreTransaction) throws -> Result
    ) async throws(StoreError) -> Result {
        guard gate.enter() else { throw .closed }
        defer { gate.leave() }
        let database = database
        do {
            // A task of its own, so that cancelling the caller does not roll back half of what it decided to do.
            return try await Task {
                try await database.writeWithoutTransaction { db in
                    try durability.commit(in: db) {
                        let transaction = StoreTransaction(db)
                        let result = try body(transaction)
                        try transaction.finish()
                        return result
                    }
                }
            }.value
        } catch { throw StoreError(error) }
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws(StoreError) -> Result {
        guard gate.enter() else { throw .closed }
        defer { gate.leave() }
        do { return try await database.read(body) } catch { throw StoreError(error) }
    }

    /// The result of `fetch` now and after every change of it. Slow readers get the newest only.
    func observe<Element: Sendable & Equatable>(
        _ fetch: @escaping @Sendable (Database) throws -> Element
    ) -> StoreUpdates<Element> {
        StoreUpdates(ValueObservation.tracking(fetch).removeDuplicates(), in: database, gate)
    }
}
