import CSecret

extension Keyring {
    /// Connects to the session bus and tells GLib of all types that the calls need. A program whose main thread uses GLib
    /// too begins with this, there, before any call: otherwise both threads may hang for ever.
    ///
    /// GLib makes the class of a type under one lock and registers a type under another. While one thread makes the class of
    /// libsecret's service, which wants to know the type of a bus connection, another may be registering just that type, which
    /// needs the first lock (GLib issue 541). Without a session bus it is each call that says so.
    public static func prepare() {
        // Left open: the calls and the toolkit share this connection, which closes when nobody holds it.
        _ = g_bus_get_sync(G_BUS_TYPE_SESSION, nil, nil)
        for type in [
            secret_service_get_type(), secret_collection_get_type(), secret_item_get_type(), secret_prompt_get_type(),
        ] {
            g_type_class_ref(type)
        }
    }
}
