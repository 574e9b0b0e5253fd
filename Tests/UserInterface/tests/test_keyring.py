"""Where the key of the database is kept, with a real key ring on a bus of its own."""
import subprocess

from . import accessibility as a
from . import desktop, people
from .test_people import focus, key

PROMPTS = "/usr/share/dbus-1/services"


def test_the_key_is_in_the_key_ring_and_a_restart_finds_it(world):
    world.start_network()
    session = desktop.Session(world)
    session.start_keyring("pw")
    world.start_app(environment=session.environment)
    people.create_account(world, "Maria")
    assert place(world) == "keyring", place(world)
    expect_key_storage(world, "Desktop key ring")
    world.stop_app()
    world.start_app(environment=session.environment)
    expect_open(world)
    assert place(world) == "keyring", place(world)


def test_a_locked_key_ring_is_named_and_unlocked_from_the_page(world):
    world.start_network()
    session = desktop.Session(world, services=[PROMPTS])
    session.start_keyring("pw")
    world.start_app(environment=session.environment)
    people.create_account(world, "Maria")
    world.stop_app()
    session.stop_keyring()
    session.start_keyring()
    before = content(world)
    world.start_app(environment=session.environment)
    a.wait_find(world.app, containing="key ring, which is locked")
    world.picture("keyring-locked")
    assert content(world) == before, "the data was touched"
    a.press(world.app, "Unlock Key Ring")
    answer_prompt("pw")
    expect_open(world)


def test_a_lost_key_is_named_and_no_new_data_is_made(world):
    world.start_network()
    session = desktop.Session(world)
    session.start_keyring("pw")
    world.start_app(environment=session.environment)
    people.create_account(world, "Maria")
    world.stop_app()
    session.stop_keyring()
    before = content(world)
    world.start_app(environment=session.environment)
    a.wait_find(world.app, containing="key ring, which is missing")
    a.wait_find(world.app, "push button", "Use Recovery Phrase…")
    world.picture("keyring-missing")
    world.stop_app()
    session.lose_keyring()
    session.start_keyring("pw")
    world.start_app(environment=session.environment)
    a.wait_find(world.app, containing="The key for your data is gone")
    world.picture("keyring-lost")
    world.stop_app()
    assert content(world) == before, "the data was touched"


def test_a_key_file_moves_into_a_key_ring_that_came_later(world):
    world.start_network()
    session = desktop.Session(world)
    world.start_app(environment=session.environment)
    people.create_account(world, "Maria")
    assert place(world) == "file", place(world)
    expect_key_storage(world, "Key file")
    world.stop_app()
    session.start_keyring("pw")
    world.start_app(environment=session.environment)
    expect_open(world)
    a.wait_for("the key to move", lambda: place(world) == "keyring")
    expect_key_storage(world, "Desktop key ring")
    world.stop_app()
    world.start_app(environment=session.environment)
    expect_open(world)


def expect_open(world):
    a.wait_find(world.app, "push button", "New Conversation")


def expect_key_storage(world, words):
    focus(world)
    key("ctrl+comma")
    a.wait_find(world.app, containing=f"Key Storage: {words}")


def place(world):
    """"keyring" or "file": what the note says, if the key file is there just when it should be."""
    folder = world.folder / "profile"
    note = (folder / "key-place").read_text().split()[0]
    return note if (folder / "key").exists() == (note == "file") else f"{note}, with key file: {(folder / 'key').exists()}"


def content(world):
    folder = world.folder / "profile"
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name not in ("settings.ini",)}


def answer_prompt(password):
    window = a.wait_for("the key ring's dialog", lambda: subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--class", "gcr-prompter"], capture_output=True, text=True).stdout.split())
    subprocess.run(["xdotool", "windowfocus", "--sync", window[-1]], check=True)
    subprocess.run(["xdotool", "type", "--delay", "20", password], check=True)
    subprocess.run(["xdotool", "key", "Return"], check=True)
