import BaseKit
import Foundation
import SodiumKit

extension Devnet {
    /// The saved network, or a new one.
    func loadNetwork() throws -> SavedNetwork {
        if let saved = try stateFiles?.loadNetwork() {
            guard saved.nodes.count == options.nodeCount, saved.swarmCount == options.swarms,
                saved.addressBlock == options.addressBlock
            else { throw DevnetError.state("it belongs to a network of \(saved.nodes.count) nodes") }
            return saved
        }
        let date = Date()
        let nodes = try (0..<options.nodeCount).map { index in
            let host = NodeAddress.text(index: index, block: options.addressBlock)
            return NodeIdentity.Saved(
                seed: random.bytes(32).hex, legacyKey: random.bytes(32).hex, port: options.basePort,
                certificate: try NodeCertificate.generate(host: host, now: date))
        }
        let seeds = try (0..<2).map { index in
            let host = NodeAddress.seed(index, block: options.addressBlock)
            return SavedNetwork.Seed(port: 0, certificate: try NodeCertificate.generate(host: host, now: date))
        }
        return SavedNetwork(
            swarmCount: options.swarms, addressBlock: options.addressBlock, nodes: nodes, seeds: seeds)
    }

    /// Writes down who the nodes are and where they listen.
    func saveNetwork() throws {
        try stateFiles?.save(
            SavedNetwork(
                swarmCount: options.swarms, addressBlock: options.addressBlock,
                nodes: nodes.map { $0.identity.saved(port: $0.port) },
                seeds: seeds.map { SavedNetwork.Seed(port: $0.server.port, certificate: $0.certificate) }))
    }
}
