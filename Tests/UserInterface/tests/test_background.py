"""Hidden starts, second starts, closing, and being started by the desktop."""
import os
import pathlib
import signal
import subprocess

from gi.repository import Gio, GLib

from . import accessibility as a
from . import desktop, people, window
from .test_notifications import FULL
from .pointing import open_preferences, point_at, show_page
from .test_people import focus, key


def test_a_hidden_start_receives_and_a_second_start_opens_the_window(world):
    session, tom = settled(world)
    hidden = world.launch("--background", environment=session.environment)
    tom.send(world.mine, "Can you hear me?")
    number, _ = session.wait_notification("Can you hear me?")
    assert not windows(), "a hidden start showed a window"
    assert world.launch("--background", environment=session.environment).wait(timeout=20) == 0
    assert not windows(), "a second hidden start showed the window"
    world.process = hidden
    assert world.launch(environment=session.environment).wait(timeout=20) == 0
    a.wait_for("the window", windows)
    world.app = a.application(hidden)
    a.wait_find(world.app, "push button", "New Conversation")
    session.press(number, "default")
    people.wait_message(world, "Can you hear me?")
    assert world.launch("--quit", environment=session.environment).wait(timeout=20) == 0
    assert hidden.wait(timeout=20) == 0


def test_closing_asks_once_and_a_notification_brings_the_window_back(world):
    session, tom = settled(world)
    world.start_app(environment=session.environment)
    close_window(world)
    a.press(question(world), containing="Cancel")
    a.wait_for("the question to go", lambda: not a.find(world.app, "dialog"))
    assert windows()
    close_window(world)
    dialog = question(world)
    world.picture("closing")
    remember = a.wait_find(dialog, "check box", "Remember")
    point_at(remember)
    # The mouse takes another way than the button that is pressed next.
    a.wait_for("the mark", lambda: a.is_checked(remember))
    a.press(dialog, containing="Keep Running")
    a.wait_for("the window to go", lambda: not windows())
    assert world.process.poll() is None
    a.wait_for("the answer to be remembered", lambda: "closing=hide" in (world.folder / "profile/settings.ini").read_text())
    tom.send(world.mine, "While you were away")
    number, _ = session.wait_notification("While you were away")
    session.press(number, "default")
    a.wait_for("the window", windows)
    people.wait_message(world, "While you were away")
    close_window(world)
    a.wait_for("the window to go without a question", lambda: not windows())


def test_a_second_start_hands_its_address_to_the_first(world):
    world.start_network()
    world.start_app()
    people.create_account(world, "Maria")
    assert world.launch(f"shallot:{world.echo}").wait(timeout=20) == 0
    people.write(world, "Through the address")
    people.wait_message(world, "You said: Through the address")
    assert world.launch("shallot:nonsense").wait(timeout=20) == 0
    dialog = a.wait_find(world.app, containing="This Address Cannot Be Opened")
    a.press(world.app, containing="Close", role="push button") if dialog else None
    assert world.launch("--new-conversation").wait(timeout=20) == 0
    a.wait_find(world.app, "text", "Account ID or name")
    assert world.process.poll() is None


def test_the_desktop_starts_it_over_the_message_bus(world):
    world.start_network()
    services = world.folder / "services"
    services.mkdir()
    template = (window.root / "data/im.shallot.Shallot.service.in").read_text()
    program = window.binaries / "shallot"
    (services / "im.shallot.Shallot.service").write_text(template.replace("@prefix@/bin/shallot", str(program)))
    session = desktop.Session(world, services=[services])
    profile = session.home / ".local/share/shallot/default"
    profile.mkdir(parents=True, mode=0o700)
    (profile / "network.json").write_bytes(world.network.read_bytes())  # not the Session main network
    try:
        call(session, "Activate", GLib.Variant("(a{sv})", ({},)))
        world.app = running(session)
        people.create_account(world, "Maria")
        call(session, "Open", GLib.Variant("(asa{sv})", ([f"shallot:{world.echo}"], {})))
        people.write(world, "Opened by the desktop")
        people.wait_message(world, "You said: Opened by the desktop")
        call(session, "ActivateAction", GLib.Variant("(sava{sv})", ("new-conversation", [], {})))
        a.wait_find(world.app, "text", "Account ID or name")
    finally:
        os.kill(process_of(session), signal.SIGTERM)
        a.wait_for("the end", lambda: not session.has_name("im.shallot.Shallot"))


def test_starting_at_login_is_a_file_that_the_desktop_understands(world):
    world.start_network()
    session = desktop.Session(world)
    world.start_app(environment=session.environment)
    people.create_account(world, "Maria")
    open_preferences(world)
    show_page(world, "Background")
    world.picture("preferences-background")
    switch = a.wait_find(world.app, containing="Start at Login", role="check box")
    point_at(switch)
    folder = session.home / ".config/autostart"
    file = a.wait_for("the file", lambda: next(folder.glob("*.desktop"), None) if folder.exists() else None)
    subprocess.run(["desktop-file-validate", file], check=True)
    command = next(line for line in file.read_text().splitlines() if line.startswith("Exec="))
    assert "--background" in command and str(world.folder / "profile") in command, command
    point_at(switch)
    a.wait_for("the file to go", lambda: not file.exists())


def settled(world):
    """A profile with one contact, who can be notified about; the app is not running."""
    world.start_network()
    session = desktop.Session(world)
    session.start_notifications(*FULL)
    world.start_app(environment=session.environment)
    world.mine = people.create_account(world, "Maria")
    tom = world.person("Tom")
    tom.send(world.mine, "Tom asks")
    a.press(world.app, containing="message request", seconds=30)
    a.click_row(a.wait_find(world.app, "list", "Message Requests"), 0)
    people.wait_message(world, "Tom asks")
    a.press(world.app, "Accept")
    a.wait_for("the request to be accepted", lambda: not a.find(world.app, "push button", "Accept"))
    world.stop_app()
    return session, tom


def windows():
    return subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", "^Shallot$"], capture_output=True, text=True).stdout.split()


def close_window(world):
    """Closes what is open in the window, and then the window."""
    focus(world)
    a.wait_for("the window to be active", lambda: any(
        frame.was(a.State.ACTIVE) for frame in a.children(world.app)))
    if people.messages(world, ""):
        key("ctrl+w")
        a.wait_for("the conversation to close", lambda: not people.messages(world, ""))
    key("ctrl+w")


def question(world):
    return a.wait_find(world.app, "dialog", containing="Keep Shallot Running?")


def call(session, method, parameters):
    session.bus.call_sync(
        "im.shallot.Shallot", "/im/shallot/Shallot", "org.freedesktop.Application", method, parameters, None,
        Gio.DBusCallFlags.NONE, 30000, None)


def process_of(session):
    return session.bus.call_sync(
        "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetConnectionUnixProcessID",
        GLib.Variant("(s)", ("im.shallot.Shallot",)), None, Gio.DBusCallFlags.NONE, 5000, None).unpack()[0]


class Started:
    """A process that somebody else started."""

    def __init__(self, pid):
        self.pid = pid

    def poll(self):
        return None if pathlib.Path(f"/proc/{self.pid}").exists() else -1


def running(session):
    return a.application(Started(process_of(session)))
