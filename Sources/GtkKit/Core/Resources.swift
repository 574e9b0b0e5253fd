import CAdwaita
import CGtkKit

/// The kind of display that the program runs on.
public enum Display {
    /// An X server, which lets every program see the whole screen.
    public static var isX11: Bool {
        gdk_display_get_default().map { string(gtkkit_type_name(UnsafeMutableRawPointer($0))) == "GdkX11Display" }
            ?? false
    }
}

/// The program's own GResource: interface files, styles and icons, carried inside the executable.
public enum Resources {
    /// Registers a bundle that was compiled by `glib-compile-resources` and written as base64.
    /// - Throws: when the bytes are no GResource, which means that the build is broken.
    public static func register(base64: StaticString) throws(GLibError) {
        var length: gsize = 0
        let decoded = base64.withUTF8Buffer { text in
            text.withMemoryRebound(to: CChar.self) { g_base64_decode($0.baseAddress, &length) }
        }
        let bytes = g_bytes_new_take(decoded, length)
        defer { g_bytes_unref(bytes) }
        var error: UnsafeMutablePointer<GError>?
        guard let resource = g_resource_new_from_data(bytes, &error) else { throw GLibError(taking: error) }
        g_resources_register(resource)
        g_resource_unref(resource)
    }

    /// Makes the icons below a resource folder known to the icon theme of the display.
    public static func addIcons(folder: String) {
        guard let display = gdk_display_get_default() else { return }
        gtk_icon_theme_add_resource_path(gtk_icon_theme_get_for_display(display), folder)
    }
}
