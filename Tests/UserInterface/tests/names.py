"""Which controls a screen reader could not name."""
from . import accessibility as a

FOCUSABLE_ROLES = {"push button", "toggle button", "check box", "radio button", "text", "entry", "switch", "combo box",
                   "slider", "spin button", "link", "list", "list item", "menu item"}


def unnamed_controls(root):
    return unnamed(a.walk(root))


def unnamed(nodes):
    return [node.role + " in " + path(node) for node in nodes
            if node.role in FOCUSABLE_ROLES and not node.name and not is_choice(node) and node.was(a.State.FOCUSABLE)]


def is_choice(node):
    """The toolkit names the words of a row with choices, not the rows around them."""
    return node.role == "list item" and node.parent.name in ("GtkListView", "")


def path(node):
    names = []
    while node and node.role != "application" and len(names) < 8:
        names.append(node.name or node.role)
        node = node.parent
    return " < ".join(names)
