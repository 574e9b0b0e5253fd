/// The form of every layer's plaintext and of the HTTP body: a little-endian length, a blob of that length, and a
/// JSON object up to the end.
/// - Source: network.md §3.2
package enum OnionEnvelope {
    private static let lengthSize = 4

    package static func wrap(_ blob: some Collection<UInt8>, control: [UInt8]) -> [UInt8] {
        var envelope: [UInt8] = []
        envelope.reserveCapacity(lengthSize + blob.count + control.count)
        let length = UInt32(truncatingIfNeeded: blob.count)
        for shift in stride(from: 0, to: 32, by: 8) { envelope.append(UInt8(truncatingIfNeeded: length >> shift)) }
        envelope.append(contentsOf: blob)
        envelope.append(contentsOf: control)
        return envelope
    }

    package static func split<Envelope: RandomAccessCollection<UInt8>>(
        _ envelope: Envelope
    ) throws(OnionError) -> (blob: [UInt8], control: [UInt8]) {
        guard envelope.count >= lengthSize else { throw .malformedEnvelope }
        var length = 0
        for (index, byte) in envelope.prefix(lengthSize).enumerated() { length |= Int(byte) << (8 * index) }
        guard length <= envelope.count - lengthSize else { throw .malformedEnvelope }
        let rest = envelope.dropFirst(lengthSize)
        return (Array(rest.prefix(length)), Array(rest.dropFirst(length)))
    }
}
