"""Which controls a screen reader could not name."""
from . import accessibility as a

FOCUSABLE_ROLES = {"push button", "toggle button", "check box", "radio button", "text", "entry", "switch", "combo box",
                   "slider", "spin button", "link", "list", "list item", "menu item"}


def unnamed_controls(app):
    return [node.get_role_name() + " in " + path(node) for node in a.walk(app)
            if node.get_role_name() in FOCUSABLE_ROLES and not node.get_name() and not is_choice(node)
            and node.get_state_set().contains(a.Atspi.StateType.FOCUSABLE)]


def is_choice(node):
    """The toolkit names the words of a row with choices, not the rows around them."""
    return node.get_role_name() == "list item" and node.get_parent().get_name() in ("GtkListView", "")


def path(node):
    names = []
    while node and node.get_role_name() != "application" and len(names) < 8:
        names.append(node.get_name() or node.get_role_name())
        node = node.get_parent()
    return " < ".join(names)
