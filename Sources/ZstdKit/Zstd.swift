import CZstd

/// Zstandard compression of whole messages, without a dictionary.
/// - Source: RFC 8878
public enum Zstd {
    /// One frame with its content size in the header. `nil` only when there is no memory.
    public static func compress(_ plain: [UInt8], level: Int32) -> [UInt8]? {
        let bound = ZSTD_compressBound(plain.count)
        guard ZSTD_isError(bound) == 0 else { return nil }
        var size = 0
        let frame = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            size = ZSTD_compress(buffer.baseAddress, bound, plain, plain.count, level)
            count = ZSTD_isError(size) == 0 ? size : 0
        }
        return ZSTD_isError(size) == 0 ? frame : nil
    }

    /// What is in the frame, which must be complete and be followed by nothing.
    /// - Parameter limit: most bytes that come out; memory for no more than that is ever taken.
    public static func decompress(_ frame: some Collection<UInt8>, limit: Int) throws(ZstdError) -> [UInt8] {
        let frame = Array(frame)
        // What a header claims need not be true; it only tells how much memory to take, within the limit.
        let claimed = ZSTD_getFrameContentSize(frame, frame.count)
        guard claimed > UInt64(limit) else { return try decompress(frame, count: Int(claimed)) }
        return try decompressPiecewise(frame, limit: limit)
    }

    /// - Parameter count: bytes that have to come out.
    private static func decompress(_ frame: [UInt8], count: Int) throws(ZstdError) -> [UInt8] {
        // More than one frame is more than is taken.
        guard ZSTD_findFrameCompressedSize(frame, frame.count) == frame.count else { throw .malformed }
        let plain = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            let size = ZSTD_decompress(buffer.baseAddress, count, frame, frame.count)
            initialized = ZSTD_isError(size) == 0 ? size : 0
        }
        guard plain.count == count else { throw .malformed }
        return plain
    }

    /// For a frame that does not say its size, or more than the limit: as much is unpacked as is allowed.
    private static func decompressPiecewise(_ frame: [UInt8], limit: Int) throws(ZstdError) -> [UInt8] {
        guard let stream = ZSTD_createDStream() else { throw .noMemory }
        defer { ZSTD_freeDStream(stream) }
        var plain: [UInt8] = []
        let status = frame.withUnsafeBytes { bytes in
            Self.run(stream, ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0), limit, into: &plain)
        }
        if let status { throw status }
        return plain
    }

    /// - Returns: what went wrong, if anything did.
    private static func run(
        _ stream: OpaquePointer, _ frame: ZSTD_inBuffer, _ limit: Int, into plain: inout [UInt8]
    ) -> ZstdError? {
        var input = frame
        let chunkSize = ZSTD_DStreamOutSize()
        while true {
            var status = 0
            let before = input.pos
            let chunk = [UInt8](unsafeUninitializedCapacity: chunkSize) { buffer, count in
                var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: chunkSize, pos: 0)
                status = ZSTD_decompressStream(stream, &output, &input)
                count = output.pos
            }
            if ZSTD_isError(status) != 0 { return .malformed }
            if chunk.count > limit - plain.count { return .tooLong }
            plain += chunk
            if status == 0 { return input.pos == input.size ? nil : .malformed }
            // It wants more than there is.
            if input.pos == before, chunk.isEmpty { return .malformed }
        }
    }
}

/// Why bytes are no frame that we take.
public enum ZstdError: Error, Equatable, Sendable, CustomStringConvertible {
    case malformed, tooLong, noMemory

    public var description: String {
        switch self {
        case .malformed: "The compressed data is damaged or cut off."
        case .tooLong: "The compressed data would grow too long."
        case .noMemory: "There is not enough memory to decompress."
        }
    }
}
