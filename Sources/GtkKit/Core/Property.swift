import CAdwaita
import CGtkKit

/// Properties without a function of their own; a name that does not exist is a mistake of ours and warns through GLib.
extension Object {
    private func withValue<Result>(_ type: UInt, _ body: (UnsafeMutablePointer<GValue>) -> Result) -> Result {
        var value = GValue()
        g_value_init(&value, GType(type << 2))  // G_TYPE_MAKE_FUNDAMENTAL
        defer { g_value_unset(&value) }
        return body(&value)
    }

    func setProperty(_ name: String, _ flag: Bool) {
        withValue(5) { value in
            g_value_set_boolean(value, flag.gboolean)
            with(GObject.self) { g_object_set_property($0, name, value) }
        }
    }

    func setProperty(_ name: String, _ number: Int) {
        withValue(6) { value in
            g_value_set_int(value, gint(number))
            with(GObject.self) { g_object_set_property($0, name, value) }
        }
    }

    func setProperty(_ name: String, _ text: String) {
        withValue(16) { value in
            g_value_set_string(value, text)
            with(GObject.self) { g_object_set_property($0, name, value) }
        }
    }

    func intProperty(_ name: String) -> Int {
        withValue(6) { value in
            with(GObject.self) { g_object_get_property($0, name, value) }
            return Int(g_value_get_int(value))
        }
    }

    func boolProperty(_ name: String) -> Bool {
        withValue(5) { value in
            with(GObject.self) { g_object_get_property($0, name, value) }
            return g_value_get_boolean(value) != 0
        }
    }
}
