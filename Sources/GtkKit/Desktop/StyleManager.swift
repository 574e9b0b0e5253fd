import CAdwaita
import CGtkKit

public enum ColorScheme: String, CaseIterable, Sendable { case system, light, dark }

/// Light, dark, high contrast: what the desktop wants and what the user chose here.
public final class StyleManager: Object {
    override class var nativeType: GType { adw_style_manager_get_type() }

    /// The manager of the default display; there is one from the application's start-up on.
    public static var shared: StyleManager {
        guard let manager = adw_style_manager_get_default() else { preconditionFailure("libadwaita has not started") }
        return StyleManager(retaining: UnsafeMutableRawPointer(manager))
    }

    public func setScheme(_ scheme: ColorScheme) {
        let native =
            switch scheme {
            case .system: ADW_COLOR_SCHEME_DEFAULT
            case .light: ADW_COLOR_SCHEME_FORCE_LIGHT
            case .dark: ADW_COLOR_SCHEME_FORCE_DARK
            }
        withOpaque { adw_style_manager_set_color_scheme($0, native) }
    }
    public var isDark: Bool { withOpaque { adw_style_manager_get_dark($0) != 0 } }
    public var isHighContrast: Bool { withOpaque { adw_style_manager_get_high_contrast($0) != 0 } }
    public func onChanged(_ body: @escaping () -> Void) {
        onNotify("dark", body)
        onNotify("high-contrast", body)
    }

    /// Scales all text of the program; 1 is the desktop's size.
    public static func setTextScale(_ scale: Double) {
        guard let settings = gtk_settings_get_default() else { return }
        // The property counts in 1024ths of a dot per inch; -1 leaves it to the toolkit, which takes 96.
        let size = "gtk-xft-dpi"
        gtk_settings_reset_property(settings, size)
        guard scale != 1 else { return }
        let object = Object(retaining: UnsafeMutableRawPointer(settings))
        let desktop = object.intProperty(size)
        object.setProperty(size, Int(Double(desktop > 0 ? desktop : 96 * 1024) * scale))
    }
    /// Whether scroll bars lie over what they scroll and fade away. A bar that was fading when its window stopped being drawn
    /// looks twice a second whether it is done, until this is off.
    public static func setFadingScrollBars(_ fade: Bool) {
        guard let settings = gtk_settings_get_default() else { return }
        let name = "gtk-overlay-scrolling"
        gtk_settings_reset_property(settings, name)
        if !fade { Object(retaining: UnsafeMutableRawPointer(settings)).setProperty(name, false) }
    }
    /// Whether the desktop wants movement at all.
    public static var animates: Bool {
        guard let settings = gtk_settings_get_default() else { return true }
        return Object(retaining: UnsafeMutableRawPointer(settings)).boolProperty("gtk-enable-animations")
    }
}
