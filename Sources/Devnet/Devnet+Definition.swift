import BaseKit
public import Foundation
public import SessionWire
import SodiumKit

extension Devnet {
    /// The network definition that clients need, as JSON; complete once the devnet has started.
    public var definition: Data {
        let seeds: [JSONValue] = seeds.map {
            ["url": .string($0.url), "certificateSHA256": .string($0.certificate.fingerprint)]
        }
        let known: [JSONValue] = nodes.prefix(options.staticNodeCount).map {
            ["ed25519": .string($0.identity.edHex), "address": .string($0.host), "port": .int(Int64($0.port))]
        }
        let relays: [JSONValue] = options.callRelays.map {
            ["urls": [.string($0.url)], "username": .string($0.username), "credential": .string($0.credential)]
        }
        let fields: Fields = [
            "format": 1, "name": .string(options.name), "seeds": .array(seeds), "nodes": .array(known),
            "callRelays": .array(relays),
            "nameService": ["agreeingNodes": 3],
        ]
        return Data(JSONValue.object(fields).encoded())
    }

    /// Writes the definition to a file, in one step.
    public func writeDefinition(to url: URL) throws {
        try definition.write(to: url, options: .atomic)
    }

    /// The first seed's address and the SHA-256 of its certificate.
    public var seedURL: String { seeds.first?.url ?? "" }
    public var seedFingerprint: String { seeds.first?.certificate.fingerprint ?? "" }

    /// A node as clients know it.
    public func serviceNode(_ index: Int) throws(DevnetError) -> ServiceNode {
        let node = try checked(index)
        guard let address = IPv4Address(node.host),
            let result = ServiceNode(
                ed25519: node.identity.ed25519.publicKey, x25519: node.identity.x25519.publicKey, address: address,
                port: UInt16(clamping: node.port), swarmID: node.swarmID)
        else { throw .identity }
        return result
    }

    public var serviceNodes: [ServiceNode] { nodes.indices.compactMap { try? serviceNode($0) } }

    /// The nodes that keep an account's messages.
    public func swarm(of account: AccountID) -> [Int] {
        guard let swarm = layout.swarm(of: Owner(account.bytes)) else { return [] }
        return members(of: swarm)
    }

    /// The node with this key.
    public func node(withID id: ServiceNodeID) -> Int? { indexes[id.description] }

    func checked(_ index: Int) throws(DevnetError) -> ServiceNodeState {
        guard nodes.indices.contains(index) else { throw .noSuchNode(index) }
        return nodes[index]
    }
}
