import CAdwaita
import CGtkKit

/// Whether somebody listens to the screen instead of looking at it.
/// - Source: at-spi2-core, org.a11y.Status
public enum ScreenReader {
    private static let service = MessageBus.Service(
        name: "org.a11y.Bus", path: "/org/a11y/bus", interface: "org.freedesktop.DBus.Properties")

    public static func isOn(beside application: Application) async -> Bool {
        guard let bus = MessageBus(of: application) else { return false }
        let parameters = Variant.tuple([
            g_variant_new_string("org.a11y.Status"), g_variant_new_string("ScreenReaderEnabled"),
        ])
        return await bus.call("Get", of: service, parameters) { Variant.flag(0, of: $0) } ?? false
    }
}
