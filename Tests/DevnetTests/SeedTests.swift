import BaseKit
import Devnet
import Foundation
import SessionWire
import Testing

@Suite("Seeds of the devnet") struct SeedTests {
    let client: DevnetClient
    let seed: URL
    init() async throws {
        client = try await DevnetClient.start()
        seed = try #require(URL(string: await client.devnet.seedURL))
    }

    private func list(_ fields: JSONValue) async throws -> OneRequest.Answer {
        let body: JSONValue = [
            "jsonrpc": "2.0", "method": "get_n_service_nodes", "params": ["active_only": true, "fields": fields],
        ]
        return try await OneRequest(
            host: try #require(seed.host()), port: try #require(seed.port), target: "/json_rpc", body: body.encoded(),
            security: .unverified, timeout: DevnetClient.patience
        ).send()
    }

    @Test(
        arguments: [
            ["public_ip": true, "storage_port": true, "pubkey_x25519": true, "pubkey_ed25519": true],
            ["public_ip", "storage_port", "pubkey_x25519", "pubkey_ed25519"],
        ] as [JSONValue]) func `a seed lists all nodes with the fields that were asked for`(_ fields: JSONValue)
        async throws
    {
        let answer = try await list(fields)
        #expect(answer.headers["content-type"] == "application/json")
        let reply = try JSONValue.parse(answer.body)
        let states = try #require(reply["result"]?["service_node_states"]?.arrayValue)
        #expect(states.count == 12)
        #expect(states.allSatisfy { $0.objectValue?.count == 4 })
        let address = try await client.devnet.serviceNode(0).address.description
        #expect(states.first?["public_ip"] == .string(address))
    }

    @Test func `every network of a node is its own`() async throws {
        let nodes = await client.devnet.serviceNodes
        #expect(Set(nodes.map(\.address.subnet24)).count == 12)
        #expect(Set(nodes.map(\.id)).count == 12)
    }

    @Test func `the definition names the seeds and their certificates`() async throws {
        let definition = try JSONValue.parse([UInt8](await client.devnet.definition))
        #expect(definition["seeds"]?.arrayValue?.count == 2)
        #expect(definition["seeds"]?.arrayValue?.first?["certificateSHA256"]?.stringValue?.count == 64)
        let fingerprint = await client.devnet.seedFingerprint
        #expect(definition["seeds"]?.arrayValue?.first?["certificateSHA256"] == .string(fingerprint))
    }

    @Test func `a seed can stop, come back, and answer nonsense`() async throws {
        await client.devnet.stopSeeds()
        await #expect(throws: (any Error).self) { try await list([]) }
        try await client.devnet.startSeeds()
        #expect(try await list([]).status == 200)
        await client.devnet.setSeedMode(.emptyList)
        #expect(try JSONValue.parse(try await list([]).body)["result"]?["service_node_states"] == [])
        await client.devnet.setSeedMode(.wrongContentType)
        #expect(try await list([]).headers["content-type"] == "text/html")
        await client.devnet.setSeedMode(.failing)
        #expect(try await list([]).status == 500)
    }
}
