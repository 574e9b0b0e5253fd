import BaseKit

/// The list of all active nodes as a seed or the daemon behind a node gives it.
/// - Source: network.md §1.2, §1.4, §4.11
public struct ServiceNodeList: Hashable, Sendable {
    /// Nodes in one list; the network has some thousand.
    public static let maximumNodes = 20_000

    public let nodes: [ServiceNode]
    /// Height of the chain, if told.
    public let height: UInt64?

    static let parameters: JSONValue = [
        "active_only": true,
        "fields": ["public_ip": true, "storage_port": true, "pubkey_x25519": true, "pubkey_ed25519": true],
    ]

    /// The body to post to `/json_rpc` of a seed.
    public static func seedRequest() -> [UInt8] {
        let request: JSONValue = [
            "jsonrpc": "2.0", "method": "get_n_service_nodes",
            "params": [
                "active_only": true,
                "fields": [
                    "public_ip": true, "storage_port": true, "pubkey_x25519": true, "pubkey_ed25519": true,
                    "requested_unlock_height": true, "height": true,
                ],
            ],
        ]
        return request.encoded()
    }

    /// Reads the answer of a seed, or of `oxend_request get_service_nodes`. Entries without address or keys are left
    /// out.
    public init(_ body: JSONValue) throws(StorageReplyError) {
        guard let result = body["result"], let list = result["service_node_states"]?.arrayValue else {
            throw .malformed("service_node_states")
        }
        guard list.count <= Self.maximumNodes else { throw .tooMany("nodes") }
        nodes = list.compactMap(Self.node)
        height = result["height"]?.uint64Value
    }

    private static func node(_ item: JSONValue) -> ServiceNode? {
        guard let ed25519 = item["pubkey_ed25519"]?.stringValue.flatMap({ ServiceNodeID(hex: $0) }),
            let x25519 = item["pubkey_x25519"]?.stringValue.flatMap({ ServiceNodeID(hex: $0) }),
            let address = item["public_ip"]?.stringValue.flatMap(IPv4Address.init), !address.isPlaceholder,
            let port = item["storage_port"]?.uint64Value.flatMap(UInt16.init(exactly:)), port > 0
        else { return nil }
        let swarmID = item["swarm_id"]?.uint64Value.flatMap { $0 == SwarmSpace.none ? nil : $0 }
        return ServiceNode(ed25519: ed25519.bytes, x25519: x25519.bytes, address: address, port: port, swarmID: swarmID)
    }
}
