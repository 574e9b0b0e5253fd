/// Loopback addresses for nodes: each in a /24 network of its own, so that the clients' rules about networks hold.
/// - Source: network.md §9.2
enum NodeAddress {
    static func octets(index: Int, block: Int) -> [UInt8] {
        [127, UInt8(clamping: 10 + block * 10 + index / 250), UInt8(index % 250), 1]
    }

    static func text(index: Int, block: Int) -> String {
        octets(index: index, block: block).map(String.init).joined(separator: ".")
    }

    /// Seeds have addresses of their own too: on 127.0.0.1 the port of a seed that is down for a moment could be taken
    /// by any connection of this machine.
    static func seed(_ index: Int, block: Int) -> String { "127.\(19 + block * 10).\(index).1" }
}
