"""The hands of the person at the desk: window sizes, keys and the mouse."""
import subprocess

from . import accessibility as a


def run(*arguments):
    done = subprocess.run(["xdotool", *map(str, arguments)], capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else ""


def windows():
    """The ids of the windows on the screen, the newest last."""
    # A window that goes while the list is made ends the search.
    return a.wait_for("the list of windows", lambda: run("search", "--onlyvisible", "--name", ".").split())


def titles():
    """What stands above the windows on the screen, of any program."""
    return [run("getwindowname", one).strip() for one in run("search", "--onlyvisible", "--name", "").split()]


def resize(size, window=None):
    """Gives a window, or the newest one, a size."""
    run("windowsize", "--sync", window or windows()[-1], *size)


def width(window):
    """In pixels, with the frame."""
    return int(dict(line.split("=") for line in run("getwindowgeometry", "--shell", window).splitlines())["WIDTH"])


def focus(window=None):
    """Brings the keyboard to a window, or to the newest one. Keys that are pressed afterwards arrive there."""
    run("windowfocus", "--sync", window or windows()[-1])


def key(name):
    run("key", "--clearmodifiers", name)


def press_until(name, what, condition):
    """Presses a key, and again when nothing came of it, as people do: what is just closing keeps a key to itself."""
    for _ in range(4):
        key(name)
        try:
            return a.wait_for(what, condition, seconds=5)
        except a.NotThere:
            pass
    raise a.NotThere(f"{name} was pressed four times for {what}")


def type_text(text):
    run("type", "--delay", 5, text)


def click(node, button=1):
    """There is no window manager: windows stand in the corner, so places in a window are places on the screen."""
    box = a.resting_place(node)
    run("mousemove", box.x + box.width // 2, box.y + box.height // 2, "click", button)


def right_click(node):
    click(node, 3)


def leave():
    """Closes the newest window with Escape, and gives the keyboard to the one below as a window manager would."""
    before = windows()
    focus()
    key("Escape")
    a.wait_for("a window to close", lambda: len(windows()) < len(before))
    focus()
