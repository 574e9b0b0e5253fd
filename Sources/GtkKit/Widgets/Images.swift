import CAdwaita
import CGtkKit
import CQrencode

/// A picture in memory.
public final class Texture: Object {
    override class var nativeType: GType { gdk_texture_get_type() }

    /// Opaque or premultiplied pixels, four bytes each in the order red, green, blue, alpha.
    public init?(rgba pixels: [UInt8], width: Int, height: Int) {
        guard width > 0, height > 0, pixels.count == width * height * 4 else { return nil }
        let bytes = g_bytes_new(pixels, gsize(pixels.count))
        defer { g_bytes_unref(bytes) }
        guard
            let texture = gdk_memory_texture_new(
                gint(width), gint(height), GDK_MEMORY_R8G8B8A8_PREMULTIPLIED, bytes, gsize(width * 4))
        else { return nil }
        super.init(adopting: UnsafeMutableRawPointer(texture))
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }
    override init(adopting pointer: UnsafeMutableRawPointer) { super.init(adopting: pointer) }

    /// The text as a QR code with error correction M, black on white with the quiet zone of four modules.
    /// `nil` when it is longer than a QR code can hold.
    public static func qrCode(_ text: String, pixelsPerModule scale: Int = 6) -> Texture? {
        guard let code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1) else { return nil }
        defer { QRcode_free(code) }
        let modules = Int(code.pointee.width)
        let quiet = 4
        let side = (modules + 2 * quiet) * scale
        var pixels = [UInt8](repeating: 0xFF, count: side * side * 4)
        for row in 0..<modules {
            for column in 0..<modules where code.pointee.data[row * modules + column] & 1 == 1 {
                for y in 0..<scale {
                    let start = (((row + quiet) * scale + y) * side + (column + quiet) * scale) * 4
                    for x in 0..<scale { for channel in 0..<3 { pixels[start + x * 4 + channel] = 0 } }
                }
            }
        }
        return Texture(rgba: pixels, width: side, height: side)
    }
}

/// Shows a texture, scaled to the room there is.
public final class Picture: Widget {
    override class var nativeType: GType { gtk_picture_get_type() }

    public init() { super.init(retaining: UnsafeMutableRawPointer(gtk_picture_new())) }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    /// What a screen reader says instead of the picture.
    public var alternativeText: String {
        get { withOpaque { string(gtk_picture_get_alternative_text($0)) } }
        set { withOpaque { gtk_picture_set_alternative_text($0, newValue) } }
    }
    /// Whether the picture fills its room and is cut; otherwise it is seen whole.
    public func setCovers(_ covers: Bool) {
        withOpaque { gtk_picture_set_content_fit($0, covers ? GTK_CONTENT_FIT_COVER : GTK_CONTENT_FIT_CONTAIN) }
    }
    public func show(_ texture: Texture?) {
        withOpaque { picture in
            if let texture {
                texture.withOpaque { gtk_picture_set_paintable(picture, $0) }
            } else {
                gtk_picture_set_paintable(picture, nil)
            }
        }
    }
}

/// An icon of the theme.
public final class Image: Widget {
    override class var nativeType: GType { gtk_image_get_type() }

    public init(icon: String = "") {
        super.init(retaining: UnsafeMutableRawPointer(gtk_image_new_from_icon_name(icon.isEmpty ? nil : icon)))
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public var iconName: String {
        get { withOpaque { string(gtk_image_get_icon_name($0)) } }
        set { withOpaque { gtk_image_set_from_icon_name($0, newValue.isEmpty ? nil : newValue) } }
    }
    public var pixelSize: Int {
        get { withOpaque { Int(gtk_image_get_pixel_size($0)) } }
        set { withOpaque { gtk_image_set_pixel_size($0, gint(newValue)) } }
    }
}

/// Something is going on.
public final class Spinner: Widget {
    override class var nativeType: GType { gtk_spinner_get_type() }

    public init() { super.init(retaining: UnsafeMutableRawPointer(gtk_spinner_new())) }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public var isSpinning: Bool {
        get { withOpaque { gtk_spinner_get_spinning($0) != 0 } }
        set { withOpaque { gtk_spinner_set_spinning($0, newValue.gboolean) } }
    }
}

/// A line.
public final class Separator: Widget {
    override class var nativeType: GType { gtk_separator_get_type() }

    public init(_ orientation: Orientation) {
        super.init(retaining: UnsafeMutableRawPointer(gtk_separator_new(orientation.native)))
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }
}
