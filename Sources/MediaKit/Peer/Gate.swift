import CMediaKit

/// What passes between the peers: nothing but the DTLS handshake until the certificate was checked. Counts it too.
// Safe to share: the C side locks.
final class Gate: @unchecked Sendable {
    enum State { case handshake, open, shut }

    private let raw: OpaquePointer

    init() { raw = mediakit_gate_new() }
    deinit { mediakit_gate_unref(raw) }

    func set(_ state: State) {
        let code =
            switch state {
            case .handshake: MEDIA_GATE_HANDSHAKE
            case .open: MEDIA_GATE_OPEN
            case .shut: MEDIA_GATE_SHUT
            }
        mediakit_gate_set(raw, Int32(code))
    }

    /// - Parameter element: a `nicesrc` or `nicesink`.
    func watch(_ element: UnsafeMutableRawPointer, isIncoming: Bool) {
        mediakit_gate_watch(raw, element.assumingMemoryBound(to: GstElement.self), isIncoming ? 1 : 0)
    }

    func lose(_ share: Double) { mediakit_gate_lose(raw, share) }

    var traffic: MediaTraffic { mediakit_gate_traffic(raw) }
}

/// Sizes of the packets that leave an element.
// Safe to share: the C side locks.
final class PacketSizes: @unchecked Sendable {
    private let raw: OpaquePointer

    init(after element: Reference) { raw = mediakit_sizes_new(element.element) }
    deinit { mediakit_sizes_unref(raw) }

    /// `nil` before the first packet.
    var range: ClosedRange<Int>? {
        var (smallest, largest, count): (UInt32, UInt32, guint64) = (0, 0, 0)
        mediakit_sizes_read(raw, &smallest, &largest, &count)
        return count == 0 ? nil : Int(smallest)...Int(largest)
    }
}
