/// The form of every layer's plaintext and of the HTTP body: a little-endian length, a blob of that length, and a
/// JSON object up to the end.
/// - Source: network.md §3.2
package enum OnionEnvelope {
    private static let lengthSize = 4

    package static func wrap(_ blob: some Collection<UInt8>, control: [UInt8]) -> [UInt8] {
        var envelope: [UInt8] = []
        envelope.reserveCapacity(lengthSize + blob.count + control.count)
        envelope.append(contentsOf: head(blob.count))
        envelope.append(contentsOf: blob)
        envelope.append(contentsOf: control)
        return envelope
    }

    /// What stands in front of a blob of that many bytes.
    static func head(_ count: Int) -> [UInt8] {
        let length = UInt32(truncatingIfNeeded: count)
        return stride(from: 0, to: 32, by: 8).map { UInt8(truncatingIfNeeded: length >> $0) }
    }

    /// The blob stays in the memory of the envelope when nobody else holds that.
    package static func split(_ envelope: consuming [UInt8]) throws(OnionError) -> (blob: [UInt8], control: [UInt8]) {
        var blob = envelope
        guard blob.count >= lengthSize else { throw .malformedEnvelope }
        var length = 0
        for (index, byte) in blob.prefix(lengthSize).enumerated() { length |= Int(byte) << (8 * index) }
        let end = blob.count - lengthSize
        guard length <= end else { throw .malformedEnvelope }
        let control = Array(blob.suffix(end - length))
        blob.removeLast(control.count)
        blob.removeFirst(lengthSize)
        return (blob, control)
    }
}
