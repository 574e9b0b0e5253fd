"""A small vocabulary over AT-SPI: what a screen reader sees, and nothing else."""
import collections
import time

from gi.repository import GLib

from . import language, reader
from .tree import ACTION, Program, State

COMPONENT, EDITABLE, SELECTION, TEXT, VALUE = map(
    reader.interface, ("Component", "EditableText", "Selection", "Text", "Value"))
# Of a node, seen from its window.
WITHIN_WINDOW = 1
Box = collections.namedtuple("Box", "x y width height")


class NotThere(AssertionError):
    pass


def wait_for(what, condition, seconds=20):
    """Waits until condition() gives something; the last chance for an answer is at the end of the time."""
    begun = time.monotonic()
    while True:
        look = time.monotonic()
        try:
            result = condition()
            if result:
                return result
        except GLib.Error:
            pass
        now = time.monotonic()
        if now - begun > seconds:
            raise NotThere(f"waited {seconds} s for {what}")
        # Whoever is looked at needs time too, and what takes long anyway is not looked at as often.
        time.sleep(max(0.05, now - look, min((now - begun) / 10, 0.25)))


def application(process, seconds=20):
    """The program of that process."""
    def look():
        if process.poll() is not None:
            raise NotThere(f"the program ended with {process.returncode}")
        for name in reader.programs():
            if reader.process_of(name) == process.pid:
                root = Program(name, process.pid).tree()
                return root if root and root.children else None
    return wait_for("the program", look, seconds)


def children(node):
    return node.program.row(node)


def is_visible(node):
    return node.is_now(State.VISIBLE)


def is_sensitive(node):
    return node.is_now(State.SENSITIVE)


def is_focused(node):
    return node.is_now(State.FOCUSED)


def is_checked(node):
    return node.is_now(State.CHECKED)


def is_pressed(node):
    return node.is_now(State.PRESSED)


def walk(node, quick=False):
    """The node and every one below, the parents first; skips what is not shown."""
    def below(one):
        yield one
        for child in one.children:
            if child.was(State.VISIBLE):
                yield from below(child)
    now = node.program.tree(node.path, node.parent, quick)
    return below(now) if now else iter(())


def matches(node, role=None, name=None, containing=None):
    if role and node.role != role:
        return False
    if name is not None and not language.means(node.name, name):
        return False
    return containing is None or language.mentions(node.name, containing)


def find(root, role=None, name=None, containing=None):
    return next((node for node in walk(root) if matches(node, role, name, containing)), None)


def find_all(root, role=None, name=None, containing=None):
    return [node for node in walk(root) if matches(node, role, name, containing)]


def wait_first(what, root, matching, seconds):
    """Waits for a node. What a quick look finds is there; what it does not find may be there, so now and then one looks well."""
    thorough = time.monotonic()

    def look():
        nonlocal thorough
        if time.monotonic() - thorough < 0.5:
            found = next(filter(matching, walk(root, quick=True)), None)
            return found if found and root.program.shows(found, root.path) else None
        found = next(filter(matching, walk(root)), None)
        thorough = time.monotonic()
        return found
    return wait_for(what, look, seconds)


def wait_find(root, role=None, name=None, containing=None, seconds=20):
    return wait_first(f"{role or 'something'} “{name or containing}”", root,
                      lambda node: matches(node, role, name, containing), seconds)


def click(node):
    for index in range(node.get_action_count()):
        if node.ask(ACTION, "GetName", "(i)", index) in ("click", "activate", "toggle"):
            node.ask(ACTION, "DoAction", "(i)", index)
            return
    raise NotThere(f"{node.role} “{node.name}” has no action")


def press(root, name=None, containing=None, role="push button", seconds=20):
    """Waits for a button that can be pressed, and presses it. On a page that was never shown nothing would come of it."""
    click(wait_first(f"{role} “{name or containing}” that can be pressed", root, lambda node: matches(
        node, role, name, containing) and node.was(State.SENSITIVE) and has_room(node), seconds))


def set_text(node, text):
    node.ask(EDITABLE, "SetTextContents", "(s)", text)


def text_of(node):
    return node.ask(TEXT, "GetText", "(ii)", 0, node.get_property(TEXT, "CharacterCount"))


def extents(node):
    return Box(*node.ask(COMPONENT, "GetExtents", "(u)", WITHIN_WINDOW))


def has_room(node):
    box = extents(node)
    return box.width > 1 and box.height > 1


def resting_place(node):
    """Where a node is, once it has room and stands still: a window that just came is still laid out."""
    seen = [None]

    def look():
        seen.append(extents(node))
        return seen[-1] if seen[-1] == seen[-2] and has_room(node) else None
    return wait_for(f"{node.role} “{node.name}” to stand still", look)


def value_of(node):
    return node.get_property(VALUE, "CurrentValue")


def outline(node):
    """The tree as text, for reports of failures."""
    def lines(one, depth):
        yield f"{'  ' * depth}{one.role} “{one.name}”"
        for child in one.children:
            yield from lines(child, depth + 1)
    try:
        now = node.program.tree(node.path)
    except GLib.Error as error:
        return [error.message]
    return list(lines(now, 0))[:400] if now else []


def click_row(listing, index):
    """Chooses a row of a list; rows have no action of their own, so the keyboard's way is taken."""
    def choose():
        return listing.get_child_count() > index and listing.ask(SELECTION, "SelectChild", "(i)", index)
    wait_for(f"row {index} of {listing.name}", choose)
