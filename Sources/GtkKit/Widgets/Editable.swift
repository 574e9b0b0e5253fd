import CAdwaita
import CGtkKit

/// A widget with one line of text to edit: `Entry`, `EntryRow`, `PasswordEntryRow`, `SearchEntry`.
public class Editable: Widget {
    override class var nativeType: GType { gtk_editable_get_type() }

    public final var text: String {
        get { withOpaque { string(gtk_editable_get_text($0)) } }
        set { withOpaque { gtk_editable_set_text($0, newValue) } }
    }
    public final var cursorPosition: Int {
        get { withOpaque { Int(gtk_editable_get_position($0)) } }
        set { withOpaque { gtk_editable_set_position($0, gint(newValue)) } }
    }
    public final func selectAll() { withOpaque { gtk_editable_select_region($0, 0, -1) } }
    /// The text changed, by whoever.
    @discardableResult public final func onChanged(_ body: @escaping (String) -> Void) -> SignalConnection {
        connect("changed") { arguments in
            guard let emitter = arguments.emitter else { return }
            body(string(gtk_editable_get_text(OpaquePointer(emitter))))
        }
    }
}

/// A field.
public class Entry: Editable {
    override class var nativeType: GType { gtk_entry_get_type() }

    public init() { super.init(retaining: UnsafeMutableRawPointer(gtk_entry_new())) }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public final var placeholder: String {
        get { with(GtkEntry.self) { string(gtk_entry_get_placeholder_text($0)) } }
        set { with(GtkEntry.self) { gtk_entry_set_placeholder_text($0, newValue) } }
    }
    /// Whether the text can be read, or only dots.
    public final var showsText: Bool {
        get { with(GtkEntry.self) { gtk_entry_get_visibility($0) != 0 } }
        set { with(GtkEntry.self) { gtk_entry_set_visibility($0, newValue.gboolean) } }
    }
    public final func setActivatesDefault(_ isOn: Bool) {
        with(GtkEntry.self) { gtk_entry_set_activates_default($0, isOn.gboolean) }
    }
    /// Tells input methods not to learn from what is typed.
    public final func setPrivate() {
        with(GtkEntry.self) {
            gtk_entry_set_input_hints(
                $0, GtkInputHints(rawValue: GTK_INPUT_HINT_PRIVATE.rawValue | GTK_INPUT_HINT_NO_SPELLCHECK.rawValue))
        }
    }
    /// Enter was pressed.
    @discardableResult public final func onActivate(_ body: @escaping () -> Void) -> SignalConnection {
        connect("activate") { _ in body() }
    }
    /// Offers these words below the field while somebody types; choosing one replaces the text. None ends it.
    public final func setCompletions(_ words: [String]) {
        guard !words.isEmpty else { return with(GtkEntry.self) { gtk_entry_set_completion($0, nil) } }
        var types = [GType(16 << 2)]
        let model = gtk_list_store_newv(1, &types)
        for word in words {
            var iterator = GtkTreeIter()
            gtk_list_store_append(model, &iterator)
            var value = GValue()
            g_value_init(&value, GType(16 << 2))
            g_value_set_string(&value, word)
            gtk_list_store_set_value(model, &iterator, 0, &value)
            g_value_unset(&value)
        }
        let completion = gtk_entry_completion_new()
        gtk_entry_completion_set_model(completion, OpaquePointer(model))
        gtk_entry_completion_set_text_column(completion, 0)
        gtk_entry_completion_set_minimum_key_length(completion, 2)
        gtk_entry_completion_set_popup_single_match(completion, 0)
        with(GtkEntry.self) { gtk_entry_set_completion($0, completion) }
        g_object_unref(UnsafeMutableRawPointer(completion))
        g_object_unref(UnsafeMutableRawPointer(model))
    }
}

/// A field for searching, with a delay between typing and `onSearch`.
public final class SearchEntry: Editable {
    override class var nativeType: GType { gtk_search_entry_get_type() }

    public func onSearch(_ body: @escaping (String) -> Void) {
        connect("search-changed") { arguments in
            guard let emitter = arguments.emitter else { return }
            body(string(gtk_editable_get_text(OpaquePointer(emitter))))
        }
    }
    public func onStop(_ body: @escaping () -> Void) { connect("stop-search") { _ in body() } }
    public func onActivate(_ body: @escaping () -> Void) { connect("activate") { _ in body() } }
}
