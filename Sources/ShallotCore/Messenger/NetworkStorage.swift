import BaseKit
import Logging
import SessionNetwork
import SessionWire
import ShallotStore
import SodiumKit

extension NetworkStateStorage {
    /// What the network layer wants to remember, in the database. A change of network definition begins anew.
    static func database(_ store: Store, definition: NetworkDefinition) -> NetworkStateStorage {
        let prefix = definition.stateName + "."
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

extension NetworkDefinition {
    /// Tells networks apart by where they begin. Nodes of another network are of no use, and to ask them would tell
    /// that network of this account.
    fileprivate var stateName: String {
        let beginnings = seeds.map(\.url) + nodes.map(\.ed25519)
        guard let hash = Blake2b.hash(Array(beginnings.joined(separator: " ").utf8), size: 16) else {
            preconditionFailure("16 bytes are a size of BLAKE2b")
        }
        return hash.hex
    }
}
