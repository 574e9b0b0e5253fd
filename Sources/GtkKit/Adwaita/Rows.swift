import CAdwaita
import CGtkKit

/// A row in a group of preferences.
public class PreferencesRow: Widget {
    override class var nativeType: GType { adw_preferences_row_get_type() }

    public final var title: String {
        get { with(AdwPreferencesRow.self) { string(adw_preferences_row_get_title($0)) } }
        set { with(AdwPreferencesRow.self) { adw_preferences_row_set_title($0, newValue) } }
    }
    /// Shows the title as it is; without this a name with `&` or `<` is read as markup.
    public final func setUsesMarkup(_ usesMarkup: Bool) {
        with(AdwPreferencesRow.self) { adw_preferences_row_set_use_markup($0, usesMarkup.gboolean) }
    }
}

/// A title, a subtitle, and widgets around them.
public class ActionRow: PreferencesRow {
    override class var nativeType: GType { adw_action_row_get_type() }

    public init(title: String = "", subtitle: String = "") {
        super.init(retaining: UnsafeMutableRawPointer(adw_action_row_new()))
        setUsesMarkup(false)
        self.title = title
        self.subtitle = subtitle
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public final var subtitle: String {
        get { with(AdwActionRow.self) { string(adw_action_row_get_subtitle($0)) } }
        set { with(AdwActionRow.self) { adw_action_row_set_subtitle($0, newValue) } }
    }
    public final func addPrefix(_ child: Widget) {
        child.widget { child in with(AdwActionRow.self) { adw_action_row_add_prefix($0, child) } }
    }
    public final func addSuffix(_ child: Widget) {
        child.widget { child in with(AdwActionRow.self) { adw_action_row_add_suffix($0, child) } }
    }
    /// What a click on the row activates, such as its switch; the row also names it for screen readers.
    public final func setActivatableWidget(_ child: Widget) {
        child.widget { child in with(AdwActionRow.self) { adw_action_row_set_activatable_widget($0, child) } }
        child.setAccessibleLabel(from: self)
    }
    public final func setActivatable(_ isActivatable: Bool) {
        with(GtkListBoxRow.self) { gtk_list_box_row_set_activatable($0, isActivatable.gboolean) }
    }
    public final func setSubtitleLines(_ lines: Int) {
        with(AdwActionRow.self) { adw_action_row_set_subtitle_lines($0, gint(lines)) }
    }
    public final func setTitleLines(_ lines: Int) {
        with(AdwActionRow.self) { adw_action_row_set_title_lines($0, gint(lines)) }
    }
    @discardableResult public final func onActivated(_ body: @escaping () -> Void) -> SignalConnection {
        connect("activated") { _ in body() }
    }
}

/// A choice between a few words.
public final class ComboRow: ActionRow {
    override class var nativeType: GType { adw_combo_row_get_type() }

    public override init(title: String = "", subtitle: String = "") {
        super.init(retaining: UnsafeMutableRawPointer(adw_combo_row_new()))
        setUsesMarkup(false)
        self.title = title
        self.subtitle = subtitle
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public func setChoices(_ choices: [String]) {
        let model = gtk_string_list_new(nil)
        for choice in choices { gtk_string_list_append(model, choice) }
        with(AdwComboRow.self) { adw_combo_row_set_model($0, model) }
        if let model { g_object_unref(UnsafeMutableRawPointer(model)) }
    }
    public var selected: Int {
        get { with(AdwComboRow.self) { Int(adw_combo_row_get_selected($0)) } }
        set { with(AdwComboRow.self) { adw_combo_row_set_selected($0, guint(newValue)) } }
    }
    @discardableResult public func onSelected(_ body: @escaping (Int) -> Void) -> SignalConnection {
        connect("notify::selected") { arguments in
            guard let emitter = arguments.emitter else { return }
            let index = adw_combo_row_get_selected(emitter.assumingMemoryBound(to: AdwComboRow.self))
            if index != GTK_INVALID_LIST_POSITION { body(Int(index)) }
        }
    }
}

/// A row that unfolds more rows.
public final class ExpanderRow: PreferencesRow {
    override class var nativeType: GType { adw_expander_row_get_type() }

    public init(title: String) {
        super.init(retaining: UnsafeMutableRawPointer(adw_expander_row_new()))
        setUsesMarkup(false)
        self.title = title
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public var subtitle: String {
        get { with(AdwExpanderRow.self) { string(adw_expander_row_get_subtitle($0)) } }
        set { with(AdwExpanderRow.self) { adw_expander_row_set_subtitle($0, newValue) } }
    }
    public func addRow(_ row: Widget) {
        row.widget { row in with(AdwExpanderRow.self) { adw_expander_row_add_row($0, row) } }
    }
    public func remove(_ row: Widget) {
        row.widget { row in with(AdwExpanderRow.self) { adw_expander_row_remove($0, row) } }
    }
    public var isExpanded: Bool {
        get { with(AdwExpanderRow.self) { adw_expander_row_get_expanded($0) != 0 } }
        set { with(AdwExpanderRow.self) { adw_expander_row_set_expanded($0, newValue.gboolean) } }
    }
}

/// A field in a group of preferences: its title is its label.
public class EntryRow: Editable {
    override class var nativeType: GType { adw_entry_row_get_type() }

    public init(title: String) {
        super.init(retaining: UnsafeMutableRawPointer(adw_entry_row_new()))
        self.title = title
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }

    public final var title: String {
        get { with(AdwPreferencesRow.self) { string(adw_preferences_row_get_title($0)) } }
        set { with(AdwPreferencesRow.self) { adw_preferences_row_set_title($0, newValue) } }
    }
    public final func addPrefix(_ child: Widget) {
        child.widget { child in with(AdwEntryRow.self) { adw_entry_row_add_prefix($0, child) } }
    }
    public final func addSuffix(_ child: Widget) {
        child.widget { child in with(AdwEntryRow.self) { adw_entry_row_add_suffix($0, child) } }
    }
    /// Shows a button that takes the text over; `onApply` runs when it is pressed.
    public final func setShowsApplyButton(_ isOn: Bool) {
        with(AdwEntryRow.self) { adw_entry_row_set_show_apply_button($0, isOn.gboolean) }
    }
    public final func setActivatesDefault(_ isOn: Bool) {
        with(AdwEntryRow.self) { adw_entry_row_set_activates_default($0, isOn.gboolean) }
    }
    @discardableResult public final func onApply(_ body: @escaping () -> Void) -> SignalConnection {
        connect("apply") { _ in body() }
    }
    /// Enter was pressed.
    @discardableResult public final func onEntryActivated(_ body: @escaping () -> Void) -> SignalConnection {
        connect("entry-activated") { _ in body() }
    }
}

/// A field whose text can be hidden.
public final class PasswordEntryRow: EntryRow {
    override class var nativeType: GType { adw_password_entry_row_get_type() }

    public override init(title: String) {
        super.init(retaining: UnsafeMutableRawPointer(adw_password_entry_row_new()))
        self.title = title
    }
    package required init(retaining pointer: UnsafeMutableRawPointer) { super.init(retaining: pointer) }
}
