import BaseKit
import Foundation
import Logging
import SessionNetwork
import SessionWire
import ShallotStore

extension LastHashStorage {
    /// Remembers in the database how far each node was read.
    static func database(_ store: Store, now: @escaping @Sendable () -> Date) -> LastHashStorage {
        let log = Log.logger("last-hashes")
        return LastHashStorage { node, namespace in
            do {
                return try await store.lastHash(node: node, namespace: namespace, now: now())
            } catch {
                if !Task.isCancelled { log.error("How far a node was read is not known: \(error)") }
                return nil
            }
        } set: { node, namespace, position in
            do {
                try await store.setLastHash(
                    LastHash(
                        node: node, namespace: namespace, hash: position.hash,
                        expiresAt: Date(milliseconds: position.expiration)))
            } catch {
                // The same messages come again and are known by their hashes.
                log.error("How far a node was read cannot be saved: \(error)")
            }
        }
    }
}
