import BaseKit

/// The compact list of active nodes: 51 bytes each.
/// - Source: network.md §4.12
public enum ActiveNodesBin {
    public static let recordSize = 51

    public struct Record: Hashable, Sendable {
        /// With its swarm, unless it has none.
        public let node: ServiceNode
        /// Of OxenMQ and QUIC.
        public let quicPort: UInt16
        /// Three numbers.
        public let version: [UInt8]

        /// `nil` if `version` has not three parts.
        public init?(node: ServiceNode, quicPort: UInt16, version: [UInt8]) {
            guard version.count == 3 else { return nil }
            (self.node, self.quicPort, self.version) = (node, quicPort, version)
        }
    }

    /// Reads the records; those with an unusable key or no address are left out. The X25519 keys are derived.
    public static func parse(_ bytes: [UInt8]) throws(StorageReplyError) -> [Record] {
        guard bytes.count.isMultiple(of: recordSize) else { throw .malformed("active nodes") }
        guard bytes.count / recordSize <= ServiceNodeList.maximumNodes else { throw .tooMany("nodes") }
        return stride(from: 0, to: bytes.count, by: recordSize).compactMap { start in
            record(Array(bytes[start..<start + recordSize]))
        }
    }

    /// Reads the base64 text that comes through onion requests and batches.
    public static func parse(base64 text: String) throws(StorageReplyError) -> [Record] {
        guard text.utf8.count <= ServiceNodeList.maximumNodes * recordSize * 4 / 3 + 4 else { throw .tooMany("nodes") }
        guard let bytes = [UInt8](base64: text) else { throw .malformed("active nodes") }
        return try parse(bytes)
    }

    public static func encode(_ records: [Record]) -> [UInt8] {
        records.flatMap { record in
            let node = record.node
            var bytes = node.ed25519
            bytes += bigEndian(node.swarmID ?? SwarmSpace.none)
            bytes += node.address.octets
            bytes += bigEndian(node.port)
            bytes += bigEndian(record.quicPort)
            bytes += record.version
            return bytes
        }
    }

    private static func record(_ bytes: [UInt8]) -> Record? {
        let swarmID = number(bytes[32..<40])
        let address = IPv4Address(rawValue: UInt32(truncatingIfNeeded: number(bytes[40..<44])))
        let port = UInt16(truncatingIfNeeded: number(bytes[44..<46]))
        guard !address.isPlaceholder, port > 0,
            let node = ServiceNode(
                ed25519: Array(bytes[0..<32]), address: address, port: port,
                swarmID: swarmID == SwarmSpace.none ? nil : swarmID)
        else { return nil }
        return Record(
            node: node, quicPort: UInt16(truncatingIfNeeded: number(bytes[46..<48])), version: Array(bytes[48...]))
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }

    private static func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        stride(from: value.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
