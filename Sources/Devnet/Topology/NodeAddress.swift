/// Loopback addresses for nodes: each in a /24 network of its own, so that the clients' rules about networks hold.
/// - Source: network.md §9.2
enum NodeAddress {
    /// Ten second bytes for each devnet leave room for 21 of them next to each other, 254 last bytes for as many rows.
    private static let perRow = 21
    /// Blocks of addresses that do not overlap.
    static let blocks = 0..<(perRow * 254)

    static func octets(index: Int, block: Int) -> [UInt8] {
        [127, UInt8(clamping: secondByte(block) + index / 250), UInt8(index % 250), lastByte(block)]
    }

    static func text(index: Int, block: Int) -> String {
        octets(index: index, block: block).map(String.init).joined(separator: ".")
    }

    /// Seeds have addresses of their own too: on 127.0.0.1 the port of a seed that is down for a moment could be taken
    /// by any connection of this machine.
    static func seed(_ index: Int, block: Int) -> String {
        "127.\(secondByte(block) + 9).\(index).\(lastByte(block))"
    }

    private static func secondByte(_ block: Int) -> Int { 10 + block % perRow * 10 }
    private static func lastByte(_ block: Int) -> UInt8 { UInt8(clamping: 1 + block / perRow) }
}
