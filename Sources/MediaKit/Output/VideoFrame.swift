import CGst

/// A picture: rows of pixels of four bytes, blue, green, red and one that means nothing. It keeps the decoder's own memory,
/// which is lent and not copied: a frame that nobody shows costs nothing.
public struct VideoFrame: Sendable {
    public let width: Int
    public let height: Int
    private let memory: FrameMemory

    init?(_ sample: MediaSampleBuffer) {
        guard let size = sample.size, let memory = sample.memory(), memory.count == size.width * size.height * 4 else {
            return nil
        }
        (width, height, self.memory) = (size.width, size.height, memory)
    }

    /// Lends the `width * height * 4` bytes while `body` runs.
    public func withPixels<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result? { memory.withBytes(body) }

    /// The number that the frame carries; see ``FrameNumber``.
    public var number: Int? {
        withPixels { pixels in
            FrameNumber.read(width: width, height: height) { pixels[($1 * width + $0) * 4 + 1] }
        } ?? nil
    }
}

/// One reference to a buffer, given back with the last frame that uses it.
// Safe to share: the buffer is never written while several hold it, and counted atomically.
final class FrameMemory: @unchecked Sendable {
    private let buffer: UnsafeMutablePointer<GstBuffer>

    /// Adds a reference of its own.
    init(_ buffer: UnsafeMutablePointer<GstBuffer>) { self.buffer = gst_buffer_ref(buffer) }

    deinit { gst_buffer_unref(buffer) }

    var count: Int { Int(gst_buffer_get_size(buffer)) }

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
        var map = GstMapInfo()
        guard gst_buffer_map(buffer, &map, GST_MAP_READ) != 0 else { return nil }
        defer { gst_buffer_unmap(buffer, &map) }
        return body(UnsafeRawBufferPointer(start: map.data, count: Int(map.size)))
    }
}
