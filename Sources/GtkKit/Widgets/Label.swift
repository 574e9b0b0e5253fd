import CAdwaita
import CGtkKit

public enum Ellipsize: Sendable {
    case none, start, middle, end
    var native: PangoEllipsizeMode {
        switch self {
        case .none: PANGO_ELLIPSIZE_NONE
        case .start: PANGO_ELLIPSIZE_START
        case .middle: PANGO_ELLIPSIZE_MIDDLE
        case .end: PANGO_ELLIPSIZE_END
        }
    }
}

/// Text to read.
public final class Label: Widget {
    override class var nativeType: GType { gtk_label_get_type() }

    public init(_ text: String = "", role: AccessibleRole = .label) {
        super.init(retaining: gtkkit_label_new(role.native))
        if !text.isEmpty { self.text = text }
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public var text: String {
        get { withOpaque { string(gtk_label_get_text($0)) } }
        set { withOpaque { gtk_label_set_text($0, newValue) } }
    }
    /// Text with Pango markup; whatever people wrote must have gone through `Markup.escape`.
    public func setMarkup(_ markup: String) { withOpaque { gtk_label_set_markup($0, markup) } }
    public var wraps: Bool {
        get { withOpaque { gtk_label_get_wrap($0) != 0 } }
        set {
            withOpaque {
                gtk_label_set_wrap($0, newValue.gboolean)
                gtk_label_set_wrap_mode($0, PANGO_WRAP_WORD_CHAR)
            }
        }
    }
    public var isSelectable: Bool {
        get { withOpaque { gtk_label_get_selectable($0) != 0 } }
        set { withOpaque { gtk_label_set_selectable($0, newValue.gboolean) } }
    }
    /// How the text is cut when there is no room.
    public var ellipsize: Ellipsize {
        get { .none }
        set { withOpaque { gtk_label_set_ellipsize($0, newValue.native) } }
    }
    /// At most this many lines of wrapped, ellipsized text; -1 for no limit.
    public var lines: Int {
        get { withOpaque { Int(gtk_label_get_lines($0)) } }
        set { withOpaque { gtk_label_set_lines($0, gint(newValue)) } }
    }
    public var widthChars: Int {
        get { withOpaque { Int(gtk_label_get_width_chars($0)) } }
        set { withOpaque { gtk_label_set_width_chars($0, gint(newValue)) } }
    }
    public var maxWidthChars: Int {
        get { withOpaque { Int(gtk_label_get_max_width_chars($0)) } }
        set { withOpaque { gtk_label_set_max_width_chars($0, gint(newValue)) } }
    }
    /// Where the text lies in its room: 0 at the start, 1 at the end.
    public var xalign: Double {
        get { withOpaque { Double(gtk_label_get_xalign($0)) } }
        set { withOpaque { gtk_label_set_xalign($0, Float(newValue)) } }
    }
    public func justifyCenter() { withOpaque { gtk_label_set_justify($0, GTK_JUSTIFY_CENTER) } }

    /// A link was clicked. Without a handler GTK opens it; a handler that returns true has dealt with it.
    public func onActivateLink(_ body: @escaping (String) -> Bool) {
        connectDeciding("activate-link") { body($0.string(0)) }
    }
}

/// Pango markup.
public enum Markup {
    public static func escape(_ text: String) -> String { takenString(g_markup_escape_text(text, -1)) }
}
