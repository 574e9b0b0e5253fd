/// An IPv4 address. Service nodes have no other kind.
public struct IPv4Address: Hashable, Sendable {
    /// The four octets, the first one in the highest byte.
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Reads dotted decimal form with exactly four parts and no leading zeros.
    public init?(_ text: String) {
        guard text.utf8.count <= 15 else { return nil }
        var value: UInt32 = 0
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        for part in parts {
            guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0") else { return nil }
            var octet: UInt32 = 0
            for digit in part {
                guard digit &- UInt8(ascii: "0") < 10 else { return nil }
                octet = octet * 10 + UInt32(digit - UInt8(ascii: "0"))
            }
            guard octet <= 255 else { return nil }
            value = value << 8 | octet
        }
        rawValue = value
    }

    /// The first three octets. No two nodes of a path may share them.
    public var subnet24: UInt32 { rawValue >> 8 }

    public var octets: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: rawValue >> (24 - 8 * $0)) } }

    /// Whether no node can be at this address: unset, or the broadcast address.
    /// - Source: network.md §1.2
    public var isPlaceholder: Bool { rawValue == 0 || rawValue == .max }

    /// Whether the address is of no use outside one machine or one site: loopback, private, link-local, shared,
    /// multicast or reserved.
    /// - Source: RFC 6890
    public var isPrivate: Bool {
        let blocks: [(UInt32, Int)] = [
            (0x0000_0000, 8), (0x0a00_0000, 8), (0x6440_0000, 10), (0x7f00_0000, 8), (0xa9fe_0000, 16),
            (0xac10_0000, 12), (0xc0a8_0000, 16), (0xe000_0000, 3),
        ]
        return blocks.contains { block, length in (rawValue ^ block) >> (32 - length) == 0 }
    }
}

extension IPv4Address: CustomStringConvertible {
    public var description: String { octets.map(String.init).joined(separator: ".") }
}

extension IPv4Address: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let address = IPv4Address(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an IPv4 address")
        }
        self = address
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
