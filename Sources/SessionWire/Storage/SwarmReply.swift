/// `get_swarm`, and the body of a 421: who keeps the messages of an account.
/// - Source: network.md §2.2, §2.4
public struct SwarmReply: Hashable, Sendable {
    /// `nil` when the node knows no swarm for the account.
    public let swarmID: UInt64?
    /// Without members that have no address.
    public let nodes: [ServiceNode]

    public init(_ body: JSONValue) throws(StorageReplyError) {
        guard let list = body["snodes"]?.arrayValue else { throw .malformed("snodes") }
        guard list.count <= StorageReply.maximumMembers else { throw .tooMany("swarm members") }
        let id = body["swarm"]?.stringValue.flatMap { UInt64($0, radix: 16) }
        let swarmID = id == SwarmSpace.none ? nil : id
        self.swarmID = swarmID
        nodes = list.compactMap { Self.member($0, swarmID: swarmID) }
    }

    private static func member(_ item: JSONValue, swarmID: UInt64?) -> ServiceNode? {
        guard let ed25519 = item["pubkey_ed25519"]?.stringValue.flatMap({ ServiceNodeID(hex: $0) }),
            let x25519 = item["pubkey_x25519"]?.stringValue.flatMap({ ServiceNodeID(hex: $0) }),
            let address = item["ip"]?.stringValue.flatMap(IPv4Address.init), !address.isPlaceholder
        else { return nil }
        let number = item["port_https"]?.uint64Value ?? item["port"]?.stringValue.flatMap { UInt64($0) }
        guard let port = number.flatMap(UInt16.init(exactly:)), port > 0 else { return nil }
        return ServiceNode(ed25519: ed25519.bytes, x25519: x25519.bytes, address: address, port: port, swarmID: swarmID)
    }
}
