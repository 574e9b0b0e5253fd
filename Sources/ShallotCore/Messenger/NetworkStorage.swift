import BaseKit
import Logging
import SessionNetwork
import SessionWire
import ShallotStore
import SodiumKit

extension NetworkStateStorage {
    /// What the network layer wants to remember, in the database. A change of network definition begins anew.
    static func database(_ store: Store, definition: NetworkDefinition) -> NetworkStateStorage {
        // Nodes of another network are of no use, and asking for them there would tell of this one.
        let name = Array(definition.seeds.map(\.url).joined(separator: " ").utf8)
        let prefix = (Blake2b.hash(name, size: 8)?.hex ?? "") + "."
        let log = Log.logger("network-storage")
        return NetworkStateStorage { key in
            do {
                return try await store.networkState(prefix + key)
            } catch {
                log.error("What was known about the network cannot be read: \(error)")
                return nil
            }
        } save: { key, value in
            do {
                try await store.setNetworkState(value, for: prefix + key)
            } catch {
                log.error("What is known about the network cannot be saved: \(error)")
            }
        }
    }
}
