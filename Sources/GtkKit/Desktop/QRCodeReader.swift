import CAdwaita
import CZbar

/// Why there is no QR code from a picture.
public nonisolated enum PictureProblem: Error {
    case tooLarge
    /// No picture, a damaged one, or of a kind that is not looked at.
    case unreadable
    case noCode
}

/// Finds QR codes in pictures. Any thread may do so; a large picture takes a second.
public nonisolated enum QRCodeReader {
    /// Bytes of a file.
    public static let byteLimit = 25_000_000
    /// Of a picture before it is made smaller: more than cameras of telephones take.
    static let pixelLimit = 50_000_000
    /// Width and height in which codes are looked for.
    static let side = 2_000

    /// What the codes of a picture file say. PNG, JPEG, GIF and BMP are looked at.
    public static func texts(in file: [UInt8]) throws(PictureProblem) -> [String] {
        guard file.count <= byteLimit else { throw .tooLarge }
        return try texts(in: GrayPicture(file: file))
    }

    /// What the codes of a picture say.
    public static func texts(in picture: GrayPicture) throws(PictureProblem) -> [String] {
        guard let scanner = zbar_image_scanner_create(), let image = zbar_image_create() else { throw .unreadable }
        defer {
            zbar_image_destroy(image)
            zbar_image_scanner_destroy(scanner)
        }
        zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0)
        zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1)
        zbar_image_set_format(image, UInt(fourcc: "Y800"))
        zbar_image_set_size(image, UInt32(picture.width), UInt32(picture.height))
        var texts: [String] = []
        picture.pixels.withUnsafeBytes { pixels in
            zbar_image_set_data(image, pixels.baseAddress, UInt(pixels.count), nil)
            guard zbar_scan_image(scanner, image) > 0 else { return }
            var symbol = zbar_image_first_symbol(image)
            while let found = symbol {
                let bytes = UnsafeRawBufferPointer(
                    start: zbar_symbol_get_data(found), count: Int(zbar_symbol_get_data_length(found)))
                if let text = String(validating: bytes, as: UTF8.self) { texts.append(text) }
                symbol = zbar_symbol_next(found)
            }
        }
        guard !texts.isEmpty else { throw .noCode }
        return texts
    }
}

/// A picture in shades of gray, small enough to be searched.
public nonisolated struct GrayPicture: Sendable {
    let width, height: Int
    let pixels: [UInt8]

    /// What a texture shows.
    @MainActor public init(_ texture: Texture) throws(PictureProblem) {
        let size = texture.withOpaque { (gdk_texture_get_width($0), gdk_texture_get_height($0)) }
        guard Int(size.0) * Int(size.1) <= QRCodeReader.pixelLimit else { throw .tooLarge }
        guard let pixbuf = texture.withOpaque({ gdk_pixbuf_get_from_texture($0) }) else { throw .unreadable }
        defer { g_object_unref(UnsafeMutableRawPointer(pixbuf)) }
        try self.init(scaling: pixbuf)
    }

    init(file: [UInt8]) throws(PictureProblem) {
        guard let kind = Self.kind(of: file), let loader = gdk_pixbuf_loader_new_with_mime_type(kind, nil) else {
            throw .unreadable
        }
        defer { g_object_unref(loader) }
        var isTooLarge = false
        let isRead = withUnsafeMutablePointer(to: &isTooLarge) { isTooLarge in
            let prepared: @convention(c) (UnsafeMutablePointer<GdkPixbufLoader>, gint, gint, gpointer) -> Void = {
                loader, width, height, isTooLarge in
                let size = GrayPicture.size(Int(width), Int(height))
                // No width and no height ends the reading before there is memory for it.
                isTooLarge.assumingMemoryBound(to: Bool.self).pointee = size == nil
                gdk_pixbuf_loader_set_size(loader, gint(size?.width ?? 0), gint(size?.height ?? 0))
            }
            g_signal_connect_data(
                loader, "size-prepared", unsafeBitCast(prepared, to: GCallback.self), isTooLarge, nil,
                GConnectFlags(rawValue: 0))
            let isWritten = gdk_pixbuf_loader_write(loader, file, gsize(file.count), nil) != 0
            // Closed in any case, or it complains.
            return gdk_pixbuf_loader_close(loader, nil) != 0 && isWritten
        }
        guard !isTooLarge else { throw .tooLarge }
        guard isRead, let pixbuf = gdk_pixbuf_loader_get_pixbuf(loader) else { throw .unreadable }
        try self.init(scaling: pixbuf)
    }

    private init(scaling pixbuf: OpaquePointer) throws(PictureProblem) {
        let (width, height) = (Int(gdk_pixbuf_get_width(pixbuf)), Int(gdk_pixbuf_get_height(pixbuf)))
        guard let size = Self.size(width, height) else { throw .tooLarge }
        let scaled = gdk_pixbuf_scale_simple(pixbuf, gint(size.width), gint(size.height), GDK_INTERP_BILINEAR)
        guard let scaled else { throw .unreadable }
        defer { g_object_unref(UnsafeMutableRawPointer(scaled)) }
        try self.init(scaled)
    }

    /// What is transparent lies on white.
    private init(_ pixbuf: OpaquePointer) throws(PictureProblem) {
        let (width, height) = (Int(gdk_pixbuf_get_width(pixbuf)), Int(gdk_pixbuf_get_height(pixbuf)))
        let (channels, stride) = (Int(gdk_pixbuf_get_n_channels(pixbuf)), Int(gdk_pixbuf_get_rowstride(pixbuf)))
        guard channels >= 3, gdk_pixbuf_get_bits_per_sample(pixbuf) == 8,
            let colours = gdk_pixbuf_read_pixels(pixbuf)
        else { throw .unreadable }
        (self.width, self.height) = (width, height)
        pixels = [UInt8](unsafeUninitializedCapacity: width * height) { gray, count in
            for row in 0..<height {
                for column in 0..<width {
                    let colour = colours + row * stride + column * channels
                    let light = (Int(colour[0]) * 77 + Int(colour[1]) * 151 + Int(colour[2]) * 28) >> 8
                    let alpha = channels > 3 ? Int(colour[3]) : 255
                    gray[row * width + column] = UInt8((light * alpha + 255 * (255 - alpha)) / 255)
                }
            }
            count = width * height
        }
    }

    /// As large as it may be searched; `nil` for what is not read at all.
    private static func size(_ width: Int, _ height: Int) -> (width: Int, height: Int)? {
        guard width > 0, height > 0, width <= QRCodeReader.pixelLimit / height else { return nil }
        let longest = max(width, height)
        guard longest > QRCodeReader.side else { return (width, height) }
        return (max(1, width * QRCodeReader.side / longest), max(1, height * QRCodeReader.side / longest))
    }

    /// By the first bytes, so that nothing but these is ever parsed.
    private static func kind(of file: [UInt8]) -> String? {
        let kinds: [(start: [UInt8], type: String)] = [
            ([0x89, 0x50, 0x4E, 0x47], "image/png"), ([0xFF, 0xD8, 0xFF], "image/jpeg"),
            (Array("GIF8".utf8), "image/gif"), (Array("BM".utf8), "image/bmp"),
        ]
        return kinds.first { file.starts(with: $0.start) }?.type
    }
}

extension UInt {
    /// Four letters as the formats of pixels are named.
    fileprivate nonisolated init(fourcc letters: StaticString) {
        self = letters.withUTF8Buffer { $0.reversed().reduce(0) { $0 << 8 | UInt($1) } }
    }
}
