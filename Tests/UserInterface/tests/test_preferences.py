"""The preferences window: its pages at every width and in every colour, another network, the debug log."""
import json
import re
import subprocess
import time

from . import accessibility as a
from . import desk, people, window
from .pointing import open_preferences, point_at, preferences_window, show_page
from .test_people import focus, key

PAGES = ("Profile", "Notifications", "Calls", "Appearance", "Network", "Background", "Data")


def test_every_page_fits_in_every_look(world):
    world.start_network()
    looks = {
        "light": {"ADW_DEBUG_COLOR_SCHEME": "prefer-light"}, "dark": {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"},
        "contrast": {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark", "ADW_DEBUG_HIGH_CONTRAST": "1"},
    }
    for look, environment in looks.items():
        world.start_app(environment=environment)
        if look == "light":
            people.create_account(world, "Maria")
        preferences = open_preferences(world)
        for width in (640, 360) if look == "light" else (360,):
            resize(width, 600)
            for page in PAGES:
                show_page(world, page)
                world.picture(f"preferences-{page.lower()}-{look}-{width}")
                expect_inside(world, preferences, width)
        world.stop_app()


def test_another_network_is_chosen_and_counts_at_once(world):
    world.start_network()
    profile = world.folder / "profile"
    profile.mkdir(mode=0o700)
    (profile / "network.json").write_bytes(world.network.read_bytes())
    other = window.World()
    world.beside.append(other)
    other.start_network()
    definition = json.loads(other.network.read_text())
    definition["name"] = "The other one"
    other.network.write_text(json.dumps(definition))
    broken = world.folder / "broken.json"
    broken.write_text('{"name": "Broken", "seeds": []}')
    world.process = world.launch("--data", profile, profile=None)
    world.app = a.application(world.process)
    people.create_account(world, "Maria")
    open_servers(world)
    world.picture("servers")
    choose_file(world, "Choose File…", broken)
    a.wait_find(world.app, containing="names no server and no node")
    world.picture("servers-refused")
    choose_file(world, "Choose File…", other.network)
    a.wait_find(world.app, containing="Shallot now uses the network")
    a.wait_for("the preferences to close", lambda: not preferences_window(world))
    people.open_conversation_with(world, other.echo)
    people.write(world, "Do you hear me over there?")
    assert people.wait_message(world, "You said: Do you hear me over there?")
    assert "The other one" in (profile / "network.json").read_text()


def test_the_saved_debug_log_tells_nothing_about_anybody(world):
    world.start_network()
    tom = world.person("Tom")
    world.start_app("--debug")
    mine = people.create_account(world, "Maria Montez")
    people.open_conversation_with(world, world.echo)
    people.write(world, "A secret between us")
    people.wait_message(world, "You said: A secret between us")
    tom.send(mine, "A question of Tom's")
    a.wait_find(world.app, "push button", containing="message request", seconds=30)
    world.stop_network()
    people.write(world, "Into the void")
    open_preferences(world)
    show_page(world, "Data")
    point_at(a.wait_find(world.app, "list item", "Debug Log"))
    a.wait_find(world.app, "push button", "Save As…")
    point_at(a.wait_find(world.app, "check box", containing="Note Details"))
    a.press(world.app, "Refresh")
    world.picture("debug-log")
    file = world.folder / "saved.log"
    choose_file(world, "Save As…", file)
    a.wait_for("the saved log", file.exists)
    text = file.read_text()
    assert "Shallot" in text and "GTK" in text and len(text.splitlines()) > 4, text
    for word in ("Maria", "Montez", "secret", "Tom", "question", "void", mine, mine[2:14], world.echo, tom.id, str(world.folder)):
        assert word not in text, f"“{word}” in\n{text}"
    assert not re.search(r"[0-9a-f]{12}|\d+\.\d+\.\d+\.\d+|://", text.split("libadwaita", 1)[1].split("\n", 1)[1]), text


def open_servers(world):
    open_preferences(world)
    show_page(world, "Network")
    point_at(a.wait_find(world.app, "list item", "Servers"))
    a.wait_find(world.app, "push button", "Save a Copy…")


def choose_file(world, button, path):
    a.press(world.app, button)
    title = {"Choose File…": "Choose a Network", "Save As…": "Save Debug Log",
             "Open Image of QR Code…": "Open Image of QR Code"}[button]

    def shown():
        return subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"], capture_output=True, text=True).stdout.split()
    window_id = a.wait_for(f"the dialog “{title}”", shown)[-1]
    subprocess.run(["xdotool", "windowfocus", "--sync", window_id], check=True)
    key("ctrl+a" if button.startswith("Save") else "ctrl+l")
    subprocess.run(["xdotool", "type", "--delay", "8", str(path)], check=True)
    world.picture("file-" + title.lower().replace(" ", "-"))

    def accepted():
        # The toolkit's chooser takes a Return for its completion while it reads the folder.
        key("Return")
        time.sleep(1)
        return not shown()
    a.wait_for(f"the dialog “{title}” to close", accepted)


def resize(width, height):
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", "^Preferences$"], capture_output=True, text=True,
        check=True).stdout.split()[-1]
    subprocess.run(["xdotool", "windowsize", "--sync", found, str(width), str(height)], check=True)


def expect_inside(world, preferences, width):
    """The window is as narrow as it was asked to be, and GTK did not have to squeeze anything."""
    a.wait_for(f"everything to fit {width} pixels", lambda: a.extents(preferences).width <= width)
    complaints = [line for line in (world.folder / "app.log").read_text().splitlines() if "Gtk-WARNING" in line]
    assert not complaints, complaints


def test_keys_change_the_text_size_that_preferences_show(world):
    world.start_network()
    world.start_app()
    a.wait_find(world.app, "push button", "Restore Account")
    focus(world)
    for name in ("ctrl+plus", "ctrl+plus", "ctrl+plus"):
        key(name)
    people.create_account(world, "Maria")
    expect_text_size(world, "150 %")
    key("ctrl+minus")
    expect_text_size(world, "125 %")
    key("ctrl+0")
    expect_text_size(world, "100 %")


def expect_text_size(world, words):
    preferences = open_preferences(world)
    show_page(world, "Appearance")
    a.wait_for(f"the text size {words}", lambda: a.find(preferences, containing=words))
    desk.leave()


def test_times_follow_the_clock_of_the_desktop(world):
    settings = world.folder / "config" / "glib-2.0" / "settings" / "keyfile"
    settings.parent.mkdir(parents=True)

    def choose(clock):
        fresh = settings.with_suffix(".new")
        fresh.write_text(f"[org/gnome/desktop/interface]\nclock-format='{clock}'\n")
        fresh.rename(settings)

    choose("12h")
    world.start_network()
    world.start_app(environment={"GSETTINGS_BACKEND": "keyfile", "XDG_CONFIG_HOME": str(world.folder / "config")})
    people.create_account(world, "Maria")
    people.open_conversation_with(world, world.echo)
    people.write(world, "What time is it?")
    bubble = people.wait_message(world, "You said: What time is it?")
    a.wait_for("a time before or after noon", lambda: re.search(r"\d\d?:\d\d\s[ap]m", bubble.get_name().lower()))
    choose("24h")
    a.wait_for("the time of a 24 hour clock", lambda: not re.search(
        r"[ap]m\b", people.wait_message(world, "You said: What time is it?").get_name().lower()))
