import CAdwaita

/// Opens addresses with the desktop's programs.
public enum Links {
    public static func open(_ uri: String, from window: Window?) {
        if let window {
            window.native { gtk_show_uri($0, uri, UInt32(GDK_CURRENT_TIME)) }
        } else {
            gtk_show_uri(nil, uri, UInt32(GDK_CURRENT_TIME))
        }
    }
}
