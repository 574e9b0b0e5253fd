"""The mouse, and the pages of the preferences window, for tests that change something there."""
import subprocess

from . import accessibility as a
from .test_people import focus, key


def point_at(node):
    """Clicks with the mouse: some controls have no action of their own. Without a window manager the windows of the
    program lie over each other in the corner, the newest on top."""
    frame = node
    while frame.parent and frame.parent.role != "application":
        frame = frame.parent
    process = str(frame.program.process)
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--pid", process], capture_output=True, text=True).stdout.split()
    box, outer = a.resting_place(node), a.extents(frame)
    window_id = next(
        (window for window in reversed(found) if size_of(window) == (outer.width, outer.height)), found[-1])
    x, y = box.x + box.width // 2, box.y + box.height // 2
    subprocess.run(["xdotool", "mousemove", "--window", window_id, str(x), str(y), "click", "1"], check=True)


def size_of(window_id):
    lines = subprocess.run(
        ["xdotool", "getwindowgeometry", "--shell", window_id], capture_output=True, text=True).stdout.split()
    values = dict(line.split("=") for line in lines if "=" in line)
    return int(values.get("WIDTH", 0)), int(values.get("HEIGHT", 0))


def preferences_window(world):
    return next((node for node in a.children(world.app) if node.name == "Preferences"), None)


def open_preferences(world):
    focus(world)
    key("ctrl+comma")
    return a.wait_for("the preferences", lambda: preferences_window(world))


def show_page(world, name):
    """A page of the preferences window. Its switcher is there twice, for wide and for narrow windows."""
    preferences = a.wait_for("the preferences", lambda: preferences_window(world))

    def tab():
        tabs = [node for node in a.find_all(preferences, "page tab", name) if a.extents(node).width > 10]
        return max(tabs, key=lambda node: a.extents(node).y, default=None)
    point_at(a.wait_for(f"the page {name}", tab))
    a.wait_for(f"the page {name} to be shown", lambda: tab().was(a.State.PRESSED))
