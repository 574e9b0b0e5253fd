"""A small vocabulary over AT-SPI: what a screen reader sees, and nothing else."""
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

from . import language  # noqa: E402

Atspi.init()
Atspi.set_timeout(4000, 8000)


class NotThere(AssertionError):
    pass


def wait_for(what, condition, seconds=20):
    """Waits until condition() gives something; the last chance for an answer is at the end of the time."""
    end = time.monotonic() + seconds
    while True:
        try:
            result = condition()
            if result:
                return result
        except GLib.Error:
            pass
        if time.monotonic() > end:
            raise NotThere(f"waited {seconds} s for {what}")
        time.sleep(0.05)


def application(process, seconds=20):
    """The program of that process. Its name will not do: it may be asked for, and remembered, before it is set."""
    def look():
        if process.poll() is not None:
            raise NotThere(f"the program ended with {process.returncode}")
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child and child.get_process_id() == process.pid and child.get_child_count():
                return child
    return wait_for("the program", look, seconds)


def children(node):
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child:
            yield child


def is_visible(node):
    return node.get_state_set().contains(Atspi.StateType.VISIBLE)


def is_sensitive(node):
    return node.get_state_set().contains(Atspi.StateType.SENSITIVE)


def walk(node, visible_only=True):
    """Every node below, the parents first; skips what is not shown."""
    try:
        if visible_only and node.get_role_name() not in ("application",) and not is_visible(node):
            return
        yield node
        for child in children(node):
            yield from walk(child, visible_only)
    except GLib.Error:
        return


def matches(node, role=None, name=None, containing=None):
    if role and node.get_role_name() != role:
        return False
    if name is not None and not language.means(node.get_name(), name):
        return False
    return containing is None or language.mentions(node.get_name() or "", containing)


def find(root, role=None, name=None, containing=None):
    return next((node for node in walk(root) if matches(node, role, name, containing)), None)


def find_all(root, role=None, name=None, containing=None):
    return [node for node in walk(root) if matches(node, role, name, containing)]


def wait_find(root, role=None, name=None, containing=None, seconds=20):
    return wait_for(f"{role or 'something'} “{name or containing}”", lambda: find(root, role, name, containing), seconds)


def click(node):
    for index in range(node.get_n_actions()):
        if node.get_action_name(index) in ("click", "activate", "toggle"):
            node.do_action(index)
            return
    raise NotThere(f"{node.get_role_name()} “{node.get_name()}” has no action")


def press(root, name=None, containing=None, role="push button", seconds=20):
    """Waits for a button that can be pressed, and presses it."""
    click(wait_for(f"{role} “{name or containing}” that can be pressed", lambda: next(
        (node for node in find_all(root, role, name, containing) if is_sensitive(node)), None), seconds))


def set_text(node, text):
    Atspi.EditableText.set_text_contents(node, text)


def text_of(node):
    return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))


def extents(node):
    return Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)


def outline(node, depth=0, lines=None):
    """The tree as text, for reports of failures."""
    lines = [] if lines is None else lines
    try:
        if node.get_role_name() != "application" and not is_visible(node):
            return lines
        lines.append(f"{'  ' * depth}{node.get_role_name()} “{node.get_name()}”")
        for child in children(node):
            if len(lines) < 400:
                outline(child, depth + 1, lines)
    except GLib.Error:
        pass
    return lines


def click_row(listing, index):
    """Chooses a row of a list; rows have no action of their own, so the keyboard's way is taken."""
    def choose():
        return listing.get_child_count() > index and Atspi.Selection.select_child(listing, index)
    wait_for(f"row {index} of {listing.get_name()}", choose)
