/// Loopback addresses for nodes: each in a /24 network of its own, so that the clients' rules about networks hold.
/// - Source: network.md §9.2
enum NodeAddress {
    static func octets(index: Int, block: Int) -> [UInt8] {
        [127, UInt8(clamping: 10 + block * 10 + index / 250), UInt8(index % 250), 1]
    }

    static func text(index: Int, block: Int) -> String {
        octets(index: index, block: block).map(String.init).joined(separator: ".")
    }
}
