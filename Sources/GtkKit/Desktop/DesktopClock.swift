import CAdwaita
import CGtkKit

/// Whether the desktop writes 14:02 or 2:02 pm.
public final class DesktopClock: Object {
    override class var nativeType: GType { g_settings_get_type() }
    private static let schema = "org.gnome.desktop.interface"
    private static let key = "clock-format"

    /// `nil` on a desktop that has no such setting.
    public static func shared() -> DesktopClock? {
        // GSettings ends the program when a schema or key is missing, so both are looked up first.
        guard let source = g_settings_schema_source_get_default(),
            let found = g_settings_schema_source_lookup(source, schema, 1)
        else { return nil }
        defer { g_settings_schema_unref(found) }
        guard g_settings_schema_has_key(found, key) != 0, let settings = g_settings_new(schema) else { return nil }
        return DesktopClock(adopting: UnsafeMutableRawPointer(settings))
    }

    public var uses24Hours: Bool { with(GSettings.self) { takenString(g_settings_get_string($0, Self.key)) } != "12h" }

    /// Runs `body` after each change, for as long as this object lives.
    @discardableResult public func onChanged(_ body: @escaping (Bool) -> Void) -> SignalConnection {
        connect("changed::" + Self.key) { [weak self] _ in if let self { body(uses24Hours) } }
    }
}
