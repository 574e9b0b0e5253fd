"""Calls as people make them in the window: who can call whom, which windows there are, what is pressed in them."""
import functools
import subprocess

from . import accessibility as a
from . import desk, looks, people, window
from .pointing import point_at

RUNNING = ("00:", "01:")
# What every run looks at; pictures are taken of all.
LOOKS = [looks.named(name) for name in ("light", "dark", "narrow")]
# The toolkit draws a frame of its own around windows where nothing else does.
FRAME = 12


def in_every_look(test):
    """A test whose states are seen in every look, each in a world of its own. Without pictures one look is enough."""
    @functools.wraps(test)
    def run(world):
        world.look = LOOKS[0]
        test(world)
        if not window.screenshots:
            return
        world.close()
        for look in LOOKS[1:]:
            one = window.World()
            one.look = look
            try:
                test(one)
            except Exception:
                one.describe_failure(f"{test.__name__} {look.name}")
                raise
            finally:
                one.close()
    return run


def look_of(world):
    return getattr(world, "look", LOOKS[0])


def picture(world, name):
    """A picture of a state in the look of its world. No window may need more room than the look has."""
    look = look_of(world)
    if look.is_narrow:
        # Also those that opened meanwhile, behind the one that is looked at.
        for one in desk.windows():
            if desk.width(one) > look.size[0] + FRAME:
                desk.resize(look.size, one)
        wide = {}

        def fit():
            wide.clear()
            for one in (world, *world.beside):
                wide.update({node.name: a.extents(node).width for node in a.children(one.app)
                             if a.extents(node).width > look.size[0] + FRAME})
            return not wide
        try:
            a.wait_for("narrow windows", fit, seconds=5)
        except a.NotThere:
            raise AssertionError(f"{name}: {wide} have {look.size[0]} pixels") from None
    world.picture(f"{name}-{look.name}")


def fold(world, title=None):
    """Gives windows the size of a narrow look; the newest one without a title."""
    size = look_of(world).size
    if look_of(world).is_narrow:
        for one in desk.run("search", "--onlyvisible", "--name", title).split() if title else [desk.windows()[-1]]:
            desk.resize(size, one)


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
    other.look = look_of(world)
    for one in (world, other):
        one.start_app("--test-media", *arguments, environment={**look_of(world).environment, **(look or {})})
        fold(one)
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
    world.start_app(*media, *arguments, environment={**look_of(world).environment, **(look or {})})
    fold(world)
    open_first(world)


def with_paula(world, *others, environment=None):
    """A window of Maria's in which Paula's conversation is open, and at the command line Paula and others who may call."""
    world.start_network()
    maria = world.person("Maria", world.folder / "profile")
    people = [world.person(name) for name in (*others, "Paula")]
    for person in people:
        befriend(maria, person)
        person.run("calls", "direct")
    maria.run("calls", "direct")
    world.mine = maria.id
    world.start_app("--test-media", environment={**look_of(world).environment, **(environment or {})})
    fold(world)
    open_first(world)
    return [Caller(person) for person in reversed(people)]


def video_call(world):
    """A narrow window has no room for this button; it is wide until the first picture."""
    if look_of(world).is_narrow:
        desk.resize(LOOKS[0].size)
    a.press(world.app, "Video Call")


class Caller:
    """Somebody at the command line whose calls run beside the test."""

    def __init__(self, person):
        self.person, self.id = person, person.id

    def start(self, *words, output=subprocess.DEVNULL):
        command = [window.binaries / "shallot-cli", "--data", self.person.folder, "--network", self.person.world.network,
                   "--no-keyring", *words]
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
        self.person.world.programs.append(process)
        return process


def open_first(world):
    listing = a.wait_find(world.app, "list", "Conversations")
    a.click_row(listing, 0)
    a.wait_find(world.app, "text", "Message")


def window_of(world, containing):
    """A window of the program by a part of its title."""
    return next((node for node in a.children(world.app) if a.language.mentions(node.name, containing)), None)


def wait_window(world, containing, seconds=40):
    found = a.wait_for(f"a window “{containing}”", lambda: window_of(world, containing), seconds)
    fold(world, containing)
    return found


def incoming(world, seconds=40):
    return wait_window(world, "Incoming call", seconds)


def call_window(world, seconds=40):
    return wait_window(world, "Call with", seconds)


def wait_no_window(world, containing, seconds=30):
    a.wait_for(f"the window “{containing}” to go", lambda: not window_of(world, containing), seconds)


def state(call):
    """What stands below the name: it is the only status in the window that changes."""
    return [node.name for node in a.walk(call) if tells_state(node)]


def tells_state(node):
    return node.role in ("label", "statusbar", "status bar")


def wait_state(call, *beginnings, seconds=40):
    try:
        return a.wait_first(
            f"the state {beginnings}", call, lambda node: tells_state(node) and node.name.startswith(beginnings),
            seconds).name
    except a.NotThere as late:
        said = [node.name for node in a.walk(call) if tells_state(node) and node.name]
        raise a.NotThere(f"{late}; the window said {said}") from None


def focus_window(title):
    """Gives the keyboard to the window with this title."""
    found = a.wait_for(f"the window {title}", lambda: desk.run("search", "--onlyvisible", "--name", title).split())
    desk.focus(found[-1])
    return found[-1]


def wait_row(world, containing, seconds=30):
    return people.wait_row(world, f"a row “{containing}”", containing, seconds)


def is_pressed(node):
    return a.is_pressed(node) or a.is_checked(node)


def choices(question):
    return a.find_all(question, "radio button") or a.find_all(question, "check box")


def choose(question, words):
    """A round mark has no action of its own: the mouse does it."""
    mark = a.wait_for(f"the choice {words}", lambda: next(
        (one for one in choices(question) if one.name.startswith(words)), None))
    point_at(mark)
    a.wait_for(f"{words} to be chosen", lambda: is_pressed(mark))


def open_menu(root, name):
    """What hangs from a button; the button itself is inside the one that has the name."""
    button = a.wait_find(root, containing=name)
    a.click(next(node for node in a.walk(button) if node.get_action_count()))
