import CAdwaita
import CGtkKit

/// The roles that our own rows and containers take; a role is given when a widget is made.
public enum AccessibleRole: Sendable {
    case generic, list, listItem, log, feed, alert, status, separator, group, presentation, label, heading, image

    var native: GtkAccessibleRole {
        switch self {
        case .generic: GTK_ACCESSIBLE_ROLE_GENERIC
        case .list: GTK_ACCESSIBLE_ROLE_LIST
        case .listItem: GTK_ACCESSIBLE_ROLE_LIST_ITEM
        case .log: GTK_ACCESSIBLE_ROLE_LOG
        case .feed: GTK_ACCESSIBLE_ROLE_FEED
        case .alert: GTK_ACCESSIBLE_ROLE_ALERT
        case .status: GTK_ACCESSIBLE_ROLE_STATUS
        case .separator: GTK_ACCESSIBLE_ROLE_SEPARATOR
        case .group: GTK_ACCESSIBLE_ROLE_GROUP
        case .presentation: GTK_ACCESSIBLE_ROLE_PRESENTATION
        case .label: GTK_ACCESSIBLE_ROLE_LABEL
        case .heading: GTK_ACCESSIBLE_ROLE_HEADING
        case .image: GTK_ACCESSIBLE_ROLE_IMG
        }
    }
}

/// What a screen reader says. GTK keeps these write-only.
extension Widget {
    public final func setAccessibleLabel(_ label: String) { withRaw { gtkkit_accessible_set_label($0, label) } }
    public final func setAccessibleDescription(_ text: String) {
        withRaw { gtkkit_accessible_set_description($0, text) }
    }
    public final func setAccessiblePlaceholder(_ text: String) {
        withRaw { gtkkit_accessible_set_placeholder($0, text) }
    }
    public final func setAccessibleInvalid(_ isInvalid: Bool) {
        withRaw { gtkkit_accessible_set_invalid($0, isInvalid.gboolean) }
    }
    public final func setAccessibleHidden(_ isHidden: Bool) {
        withRaw { gtkkit_accessible_set_hidden($0, isHidden.gboolean) }
    }
    public final func setAccessibleBusy(_ isBusy: Bool) { withRaw { gtkkit_accessible_set_busy($0, isBusy.gboolean) } }
    /// Marks a control that opens a menu.
    public final func setAccessibleHasPopup() { withRaw { gtkkit_accessible_set_has_popup($0) } }
    public final func setAccessibleLabel(from label: Widget) {
        label.withRaw { label in withRaw { gtkkit_accessible_set_labelled_by($0, label) } }
    }

    /// A field error as ux.md §9 wants it: the `error` class and the invalid state together.
    public final func showError(_ isWrong: Bool) {
        setClass("error", isWrong)
        setAccessibleInvalid(isWrong)
    }
}
