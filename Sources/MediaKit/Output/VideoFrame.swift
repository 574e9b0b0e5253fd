/// A picture: rows of pixels of four bytes, blue, green, red and one that means nothing.
public struct VideoFrame: Sendable {
    public let width: Int
    public let height: Int
    /// `width * height * 4` bytes.
    public let pixels: [UInt8]

    init?(_ sample: MediaSampleBuffer) {
        guard let size = sample.size, let bytes = sample.bytes(), bytes.count == size.width * size.height * 4 else {
            return nil
        }
        (width, height, pixels) = (size.width, size.height, bytes)
    }

    /// The number that the frame carries; see ``FrameNumber``.
    public var number: Int? {
        FrameNumber.read(width: width, height: height) { pixels[($1 * width + $0) * 4 + 1] }
    }
}
