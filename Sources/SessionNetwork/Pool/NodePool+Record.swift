import SessionWire

extension NodePool {
    private static let magic: [UInt8] = Array("pool1".utf8)
    private static let recordSize = 32 + 32 + 4 + 2 + 1 + 8 + 1

    /// The pool as bytes to keep: a mark, the time, then one record of fixed size per node, all integers big-endian.
    func encoded() -> [UInt8] {
        var bytes = Self.magic
        bytes.reserveCapacity(bytes.count + 8 + nodes.count * Self.recordSize)
        bytes.append(bigEndian: updatedAt)
        for node in nodes.values.sorted(by: { $0.id < $1.id }) {
            bytes += node.ed25519
            bytes += node.x25519
            bytes.append(bigEndian: node.address.rawValue)
            bytes.append(bigEndian: node.port)
            bytes.append(node.swarmID == nil ? 0 : 1)
            bytes.append(bigEndian: node.swarmID ?? 0)
            bytes.append(UInt8(clamping: strikes[node.id] ?? 0))
        }
        return bytes
    }

    /// Reads what `encoded()` wrote; `nil` for anything else.
    init?(encoded bytes: [UInt8]) {
        let start = Self.magic.count + 8
        guard bytes.count >= start, bytes.starts(with: Self.magic), (bytes.count - start) % Self.recordSize == 0,
            (bytes.count - start) / Self.recordSize <= Self.maximumNodes
        else { return nil }
        var nodes: [ServiceNode] = []
        var strikes: [ServiceNodeID: Int] = [:]
        for offset in stride(from: start, to: bytes.count, by: Self.recordSize) {
            let record = bytes[offset..<offset + Self.recordSize]
            let node = ServiceNode(
                ed25519: Array(record[offset..<offset + 32]), x25519: Array(record[offset + 32..<offset + 64]),
                address: IPv4Address(rawValue: record[(offset + 64)...].bigEndian()),
                port: record[(offset + 68)...].bigEndian(),
                swarmID: record[offset + 70] == 1 ? record[(offset + 71)...].bigEndian() : nil)
            guard let node else { return nil }
            nodes.append(node)
            strikes[node.id] = Int(record[offset + 79])
        }
        self.init(nodes: nodes, strikes: strikes, updatedAt: bytes[Self.magic.count...].bigEndian())
    }
}

extension [UInt8] {
    fileprivate mutating func append<Number: FixedWidthInteger>(bigEndian number: Number) {
        Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
    }
}

extension ArraySlice<UInt8> {
    /// The number in the first bytes. The slice has to hold as many.
    fileprivate func bigEndian<Number: FixedWidthInteger>() -> Number {
        prefix(MemoryLayout<Number>.size).reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
    }
}
