"""Calls as people make them in the window: who can call whom, which windows there are, what is pressed in them."""
import subprocess

from . import accessibility as a
from . import desk, window
from .pointing import point_at

RUNNING = ("00:", "01:")


def acquainted(world, other_name="Paula", *arguments, mode="direct", other_mode="direct", look=None):
    """Two windows of people who accepted each other, `world` of Maria and the returned one of the other."""
    world.start_network()
    other = window.World()
    world.beside.append(other)
    other.network, other.control_port = world.network, world.control_port
    maria = world.person("Maria", world.folder / "profile")
    paula = other.person(other_name, other.folder / "profile")
    befriend(maria, paula)
    maria.run("calls", mode)
    paula.run("calls", other_mode)
    world.mine, other.mine = maria.id, paula.id
    environment = look or {}
    world.start_app("--test-media", *arguments, environment=environment)
    other.start_app("--test-media", *arguments, environment=environment)
    open_first(world)
    open_first(other)
    return other


def befriend(one, two):
    one.send(two.id, "Hello, it is me")
    two.run("receive", "--timeout", "60")
    two.run("requests", "accept", one.id)
    two.send(one.id, "Hello")
    one.run("receive", "--timeout", "60")


def with_echo(world, *arguments, mode="direct", look=None, media=("--test-media",), network=()):
    """A window in which Echo can be called."""
    world.start_network(*network)
    maria = world.person("Maria", world.folder / "profile")
    maria.send(world.echo, "Hello")
    maria.receive_until(lambda event: "You said" in (event.get("body") or event.get("text") or ""))
    maria.run("calls", mode)
    world.start_app(*media, *arguments, environment=look or {})
    open_first(world)


def with_paula(world, *others):
    """A window of Maria's in which Paula's conversation is open, and at the command line Paula and others who may call."""
    world.start_network()
    maria = world.person("Maria", world.folder / "profile")
    people = [world.person(name) for name in (*others, "Paula")]
    for person in people:
        befriend(maria, person)
        person.run("calls", "direct")
    maria.run("calls", "direct")
    world.mine = maria.id
    world.start_app("--test-media")
    open_first(world)
    return [Caller(person) for person in reversed(people)]


class Caller:
    """Somebody at the command line whose calls run beside the test."""

    def __init__(self, person):
        self.person, self.id = person, person.id

    def start(self, *words):
        command = [window.binaries / "shallot-cli", "--data", self.person.folder, "--network", self.person.world.network,
                   "--no-keyring", *words]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.person.world.programs.append(process)
        return process


def open_first(world):
    listing = a.wait_find(world.app, "list", "Conversations")
    a.click_row(listing, 0)
    a.wait_find(world.app, "text", "Message")


def window_of(world, containing):
    """A window of the program by a part of its title."""
    def look():
        return next((node for node in a.children(world.app)
                     if a.is_visible(node) and a.language.mentions(node.get_name() or "", containing)), None)
    return look()


def wait_window(world, containing, seconds=40):
    return a.wait_for(f"a window “{containing}”", lambda: window_of(world, containing), seconds)


def incoming(world, seconds=40):
    return wait_window(world, "Incoming call", seconds)


def call_window(world, seconds=40):
    return wait_window(world, "Call with", seconds)


def wait_no_window(world, containing, seconds=30):
    a.wait_for(f"the window “{containing}” to go", lambda: not window_of(world, containing), seconds)


def state(call):
    """What stands below the name: it is the only status in the window that changes."""
    return [node.get_name() or "" for node in a.walk(call) if node.get_role_name() in ("label", "statusbar", "status bar")]


def wait_state(call, *beginnings, seconds=40):
    return a.wait_for(f"the state {beginnings}", lambda: next(
        (text for text in state(call) if text.startswith(beginnings)), None), seconds)


def focus_window(title):
    """Gives the keyboard to the window with this title."""
    found = a.wait_for(f"the window {title}", lambda: desk.run("search", "--onlyvisible", "--name", title).split())
    desk.focus(found[-1])
    return found[-1]


def rows(world, containing):
    log = a.find(world.app, name="Messages")
    return a.find_all(log, "list item", containing=containing) if log else []


def wait_row(world, containing, seconds=30):
    return a.wait_for(f"a row “{containing}”", lambda: next(iter(rows(world, containing)), None), seconds)


def is_pressed(node):
    return node.get_state_set().contains(a.Atspi.StateType.PRESSED) or node.get_state_set().contains(a.Atspi.StateType.CHECKED)


def choices(question):
    return a.find_all(question, "radio button") or a.find_all(question, "check box")


def choose(question, words):
    """A round mark has no action of its own: the mouse does it."""
    mark = a.wait_for(f"the choice {words}", lambda: next(
        (one for one in choices(question) if one.get_name().startswith(words)), None))
    point_at(mark)
    a.wait_for(f"{words} to be chosen", lambda: is_pressed(mark))


def open_menu(root, name):
    """What hangs from a button; the button itself is inside the one that has the name."""
    button = a.wait_find(root, containing=name)
    a.click(next(node for node in a.walk(button) if node.get_n_actions()))
