import BaseKit
import SodiumKit

/// A machine of the network: who it is and where it listens.
public struct ServiceNode: Hashable, Sendable {
    /// The identity, 32 bytes.
    public let ed25519: [UInt8]
    /// The key that onion layers are made for, 32 bytes.
    public let x25519: [UInt8]
    public let address: IPv4Address
    /// The HTTPS port.
    public let port: UInt16
    /// The swarm it belongs to, if whoever told us about the node said so.
    public var swarmID: UInt64?

    /// `nil` if a key has not 32 bytes.
    public init?(ed25519: [UInt8], x25519: [UInt8], address: IPv4Address, port: UInt16, swarmID: UInt64? = nil) {
        guard ed25519.count == ServiceNodeID.size, x25519.count == X25519.keySize else { return nil }
        self.ed25519 = ed25519
        self.x25519 = x25519
        self.address = address
        self.port = port
        self.swarmID = swarmID
    }

    /// Derives the X25519 key, for sources that do not carry it; `nil` if `ed25519` is no valid key.
    public init?(ed25519: [UInt8], address: IPv4Address, port: UInt16, swarmID: UInt64? = nil) {
        guard let x25519 = Ed25519.x25519(publicKey: ed25519) else { return nil }
        self.init(ed25519: ed25519, x25519: x25519, address: address, port: port, swarmID: swarmID)
    }

    public var id: ServiceNodeID {
        guard let id = ServiceNodeID(ed25519) else { preconditionFailure("a node's key has 32 bytes") }
        return id
    }

    /// For logs: neither address nor whole key.
    public var redacted: String { id.redacted }
}

extension ServiceNode: Codable {
    private enum CodingKeys: String, CodingKey {
        case ed25519, x25519, address, port
        case swarmID = "swarm"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard let ed25519 = [UInt8](hex: try container.decode(String.self, forKey: .ed25519)),
            let x25519 = [UInt8](hex: try container.decode(String.self, forKey: .x25519)),
            let node = ServiceNode(
                ed25519: ed25519, x25519: x25519, address: try container.decode(IPv4Address.self, forKey: .address),
                port: try container.decode(UInt16.self, forKey: .port),
                swarmID: try container.decodeIfPresent(UInt64.self, forKey: .swarmID))
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .ed25519, in: container, debugDescription: "not the keys of a service node")
        }
        self = node
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(ed25519.hex, forKey: .ed25519)
        try container.encode(x25519.hex, forKey: .x25519)
        try container.encode(address, forKey: .address)
        try container.encode(port, forKey: .port)
        try container.encodeIfPresent(swarmID, forKey: .swarmID)
    }
}
