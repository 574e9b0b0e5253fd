import CAdwaita
import CGtkKit

/// A field of several lines.
public final class TextView: Widget {
    override class var nativeType: GType { gtk_text_view_get_type() }

    public init() { super.init(retaining: UnsafeMutableRawPointer(gtk_text_view_new())) }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    private func buffer<Result>(_ body: (UnsafeMutablePointer<GtkTextBuffer>) -> Result) -> Result {
        with(GtkTextView.self) { view in
            guard let buffer = gtk_text_view_get_buffer(view) else { preconditionFailure("A text view has a buffer") }
            return body(buffer)
        }
    }

    public var text: String {
        get {
            buffer { buffer in
                var start = GtkTextIter()
                var end = GtkTextIter()
                gtk_text_buffer_get_bounds(buffer, &start, &end)
                return takenString(gtk_text_buffer_get_text(buffer, &start, &end, 0))
            }
        }
        set { buffer { gtk_text_buffer_set_text($0, newValue, -1) } }
    }
    public var isEmpty: Bool { buffer { gtk_text_buffer_get_char_count($0) == 0 } }
    /// Puts text where the cursor is, replacing what is selected.
    public func insertAtCursor(_ text: String) {
        buffer {
            _ = gtk_text_buffer_delete_selection($0, 1, 1)
            gtk_text_buffer_insert_at_cursor($0, text, -1)
        }
    }
    public func moveCursorToEnd() {
        buffer { buffer in
            var end = GtkTextIter()
            gtk_text_buffer_get_end_iter(buffer, &end)
            gtk_text_buffer_place_cursor(buffer, &end)
        }
    }
    public func selectAll() {
        buffer { buffer in
            var start = GtkTextIter()
            var end = GtkTextIter()
            gtk_text_buffer_get_bounds(buffer, &start, &end)
            gtk_text_buffer_select_range(buffer, &start, &end)
        }
    }
    public var isEditable: Bool {
        get { with(GtkTextView.self) { gtk_text_view_get_editable($0) != 0 } }
        set { with(GtkTextView.self) { gtk_text_view_set_editable($0, newValue.gboolean) } }
    }
    /// Wraps at words, and inside a word that is wider than the view.
    public func wrapWords() { with(GtkTextView.self) { gtk_text_view_set_wrap_mode($0, GTK_WRAP_WORD_CHAR) } }
    /// How much room so many lines take, in pixels, with the margins above and below them.
    public func height(ofLines lines: Int) -> Int {
        let line = widget { widget in
            guard let layout = gtk_widget_create_pango_layout(widget, "X") else { return 0 }
            defer { g_object_unref(UnsafeMutableRawPointer(layout)) }
            var height: gint = 0
            pango_layout_get_pixel_size(layout, nil, &height)
            return Int(height)
        }
        return with(GtkTextView.self) { view in
            lines * line + Int(gtk_text_view_get_top_margin(view) + gtk_text_view_get_bottom_margin(view))
        }
    }
    /// Gives a key event to the input method first; true when it was taken, so that Enter can end a composition.
    func inputMethodTakes(_ event: OpaquePointer) -> Bool {
        with(GtkTextView.self) { gtk_text_view_im_context_filter_keypress($0, event) != 0 }
    }
    @discardableResult public func onChanged(_ body: @escaping (String) -> Void) -> SignalConnection {
        buffer { Object(retaining: UnsafeMutableRawPointer($0)) }.connect("changed") { arguments in
            guard let emitter = arguments.emitter else { return }
            let buffer = emitter.assumingMemoryBound(to: GtkTextBuffer.self)
            var start = GtkTextIter()
            var end = GtkTextIter()
            gtk_text_buffer_get_bounds(buffer, &start, &end)
            body(takenString(gtk_text_buffer_get_text(buffer, &start, &end, 0)))
        }
    }
}
