import SessionWire
import SodiumKit

@testable import SessionNetwork

extension ServiceNode {
    /// Node `number`, in a /24 of its own unless told otherwise.
    static func test(_ number: Int, subnet: Int? = nil, swarm: UInt64? = nil) -> ServiceNode {
        let place = subnet ?? number
        let key =
            Array(repeating: UInt8(truncatingIfNeeded: number >> 8), count: 16)
            + Array(repeating: UInt8(truncatingIfNeeded: number), count: 16)
        let address = UInt32(10 << 24) | UInt32(place << 8) | UInt32(number & 0xFF)
        guard
            let node = ServiceNode(
                ed25519: key, x25519: key, address: IPv4Address(rawValue: address), port: 1_000, swarmID: swarm)
        else { preconditionFailure("the keys have 32 bytes") }
        return node
    }
}

extension ServiceNodeID {
    static func test(_ number: Int) -> ServiceNodeID { ServiceNode.test(number).id }
}
