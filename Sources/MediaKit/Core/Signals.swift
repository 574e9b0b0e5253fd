import CGst
import CMediaKit

/// A closure that C keeps.
final class Box<Value: Sendable>: Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }

    static func retained(_ value: Value) -> UnsafeMutableRawPointer { Unmanaged.passRetained(Box(value)).toOpaque() }
    static func value(_ raw: UnsafeMutableRawPointer?) -> Value? {
        raw.map { Unmanaged<Box>.fromOpaque($0).takeUnretainedValue().value }
    }
    /// For replies that come once.
    static func take(_ raw: UnsafeMutableRawPointer?) -> Value? {
        raw.map { Unmanaged<Box>.fromOpaque($0).takeRetainedValue().value }
    }
    /// For what C drops.
    static func release(_ raw: UnsafeMutableRawPointer?) {
        if let raw { Unmanaged<Box>.fromOpaque(raw).release() }
    }
}

/// What a signal hands over; valid only while the handler runs.
struct SignalValues {
    private let values: UnsafePointer<GValue>?
    private let count: Int

    init(_ values: UnsafePointer<GValue>?, count: Int) { (self.values, self.count) = (values, count) }

    private func value(_ index: Int) -> UnsafePointer<GValue>? { index < count ? values.map { $0 + index } : nil }

    /// 0 is the emitter.
    func object(_ index: Int) -> UnsafeMutableRawPointer? {
        value(index).flatMap { g_value_get_object($0) }.map { UnsafeMutableRawPointer($0) }
    }
    func text(_ index: Int) -> String? { value(index).flatMap { g_value_get_string($0) }.map { String(cString: $0) } }
    func number(_ index: Int) -> UInt32 { value(index).map { g_value_get_uint($0) } ?? 0 }
}

extension Reference {
    typealias Handler = @Sendable (SignalValues) -> Void

    /// Runs `handler` on GStreamer's threads for as long as the object lives. It must not hold the object.
    func on(_ signal: String, _ handler: @escaping Handler) { Self.connect(raw, signal, handler) }

    static func connect(_ raw: UnsafeMutableRawPointer, _ signal: String, _ handler: @escaping Handler) {
        mediakit_connect(
            raw, signal,
            { box, count, values in Box<Handler>.value(box)?(SignalValues(values, count: Int(count))) },
            Box<Handler>.retained(handler), { Box<Handler>.release($0) })
    }

    /// Errors of a pipeline, and its end.
    func onMessage(_ handler: @escaping @Sendable (_ error: String?) -> Void) {
        typealias Handler = @Sendable (String?) -> Void
        mediakit_on_message(
            element,
            { box, kind, text in
                let isError = kind == Int32(MEDIA_MESSAGE_ERROR)
                Box<Handler>.value(box)?(isError ? text.map { String(cString: $0) } ?? "unknown" : nil)
            }, Box<Handler>.retained(handler), { Box<Handler>.release($0) })
    }

    /// Samples of an appsink.
    func onSample(_ handler: @escaping @Sendable (MediaSampleBuffer) -> Void) {
        typealias Handler = @Sendable (MediaSampleBuffer) -> Void
        mediakit_on_sample(
            element, { box, sample in if let sample { Box<Handler>.value(box)?(MediaSampleBuffer(sample)) } },
            Box<Handler>.retained(handler), { Box<Handler>.release($0) })
    }

    /// Packets that come to a jitter buffer: microseconds of the monotonic clock, and the packet's timestamp.
    func onArrival(_ handler: @escaping @Sendable (_ arrival: Int64, _ timestamp: UInt32) -> Void) {
        typealias Handler = @Sendable (Int64, UInt32) -> Void
        mediakit_on_arrival(
            element, { box, arrival, timestamp in Box<Handler>.value(box)?(Int64(arrival), timestamp) },
            Box<Handler>.retained(handler), { Box<Handler>.release($0) })
    }
}

/// One piece of sound or one picture, not yet copied.
struct MediaSampleBuffer {
    let sample: OpaquePointer

    init(_ sample: OpaquePointer) { self.sample = sample }

    /// - Returns: the bytes; `nil` when they cannot be read.
    func bytes() -> [UInt8]? {
        guard let buffer = gst_sample_get_buffer(sample) else { return nil }
        var map = GstMapInfo()
        guard gst_buffer_map(buffer, &map, GST_MAP_READ) != 0 else { return nil }
        defer { gst_buffer_unmap(buffer, &map) }
        return Array(UnsafeBufferPointer(start: map.data, count: Int(map.size)))
    }

    /// The bytes where they are, for as long as somebody wants them.
    func memory() -> FrameMemory? { gst_sample_get_buffer(sample).map { FrameMemory($0) } }

    /// Width and height of a picture.
    var size: (width: Int, height: Int)? {
        guard let caps = gst_sample_get_caps(sample), let structure = gst_caps_get_structure(caps, 0) else {
            return nil
        }
        var (width, height): (Int32, Int32) = (0, 0)
        guard gst_structure_get_int(structure, "width", &width) != 0,
            gst_structure_get_int(structure, "height", &height) != 0, width > 0, height > 0
        else { return nil }
        return (Int(width), Int(height))
    }
}
