"""Restoring an account, saving its phrase, and what happens when the data cannot be opened."""
import subprocess

from . import accessibility as a
from . import desk, people, window
from .pointing import open_preferences
from .test_preferences import choose_file


def test_an_account_comes_back_from_its_thirteen_words(world):
    world.start_network()
    first = world.person("first-device")
    phrase = first.run("account", "show", "--phrase")[0]["recoveryPhrase"].split()
    friend = world.person("friend")
    first.run("send", friend.id, "see you tomorrow", "--wait")
    first.run("contacts", "nickname", friend.id, "Best Friend")
    first.run("sync")
    world.start_app()
    a.press(world.app, "Restore Account")
    fields = a.wait_for("13 fields", lambda: found if len(found := word_fields(world)) == 13 else None)
    for field, word in zip(fields, phrase[:12] + ["zoom"]):
        a.set_text(field, word)
    a.wait_find(world.app, containing="check word")
    proceed = a.wait_find(world.app, "push button", "Continue")
    assert not a.is_sensitive(proceed)
    world.picture("restore-wrong-word")
    a.set_text(fields[12], phrase[12])
    a.press(world.app, "Continue")
    # What is counted is what the first device had.
    a.wait_find(world.app, containing="Everything that was on the network", seconds=60)
    a.wait_find(world.app, containing="first-device")
    world.picture("restored")
    a.press(world.app, "Open Now")
    a.wait_find(world.app, containing="Best Friend")
    world.picture("restored-list")
    people.open_conversation_with(world, world.echo)
    people.write(world, "I am back")
    people.wait_message(world, "You said: I am back")


def test_an_account_comes_back_from_a_picture_of_its_code(world):
    world.start_network()
    world.start_app()
    people.create_account(world, "Maria")
    preferences = open_preferences(world)
    desk.click(a.wait_find(preferences, "label", "Recovery Phrase"))
    a.press(preferences, "Show Recovery Phrase")
    desk.resize((640, 860))
    a.press(preferences, "Show QR Code")
    a.wait_for("the whole code", lambda: any(a.extents(node).height > 150 for node in a.find_all(preferences, "image")))
    world.picture("recovery-code")
    code, empty = world.folder / "code.png", world.folder / "empty.png"
    subprocess.run(["import", "-window", "root", code], check=True)
    world.stop_app()
    world.start_app(profile="new-computer")
    a.press(world.app, "Restore Account")
    a.wait_for("13 fields", lambda: len(word_fields(world)) == 13)
    subprocess.run(["import", "-window", "root", empty], check=True)
    choose_file(world, "Open Image of QR Code…", empty)
    a.wait_find(world.app, containing="There is no QR code in this picture")
    world.picture("restore-no-code")
    choose_file(world, "Open Image of QR Code…", code)
    a.wait_for("the words", lambda: all(a.text_of(field) for field in word_fields(world)))
    world.picture("restore-from-code")
    a.press(world.app, "Continue")
    a.wait_find(world.app, containing="Maria", seconds=60)
    a.press(world.app, "Open Now")
    a.wait_find(world.app, "push button", "New Conversation")


def test_an_account_without_a_profile_gets_a_name_after_a_while(world):
    world.start_network()
    # Made, but never told to the network.
    phrase = world.person("first-device").run("account", "show", "--phrase")[0]["recoveryPhrase"].split()
    world.start_app()
    a.press(world.app, "Restore Account")
    fields = a.wait_for("13 fields", lambda: found if len(found := word_fields(world)) == 13 else None)
    for field, word in zip(fields, phrase):
        a.set_text(field, word)
    a.press(world.app, "Continue")
    a.wait_find(world.app, containing="not found yet")
    a.wait_find(world.app, containing="Nothing is on the network any more", seconds=40)
    name = a.wait_for("the name row", lambda: next(
        (one for one in a.find_all(world.app, "text") if one.get_name() == "Display name" and a.is_visible(one)), None), 40)
    world.picture("restoring-name")
    a.set_text(name, "Maria")
    a.press(world.app, "Use This Name")
    a.wait_find(world.app, "label", containing="Maria")
    a.press(world.app, "Cancel")
    a.wait_find(world.app, "push button", "Create Account")


def test_a_damaged_database_is_named_and_kept(world):
    world.start_network()
    world.start_app()
    people.create_account(world, "Maria")
    world.stop_app()
    database = next((world.folder / "profile").glob("shallot.db"))
    content = bytearray(database.read_bytes())
    for place in range(2000, len(content), 4096):
        content[place] ^= 0xFF
    database.write_bytes(content)
    for log in (world.folder / "profile").glob("shallot.db-wal"):
        log.unlink()
    world.start_app()
    a.wait_find(world.app, "push button", containing="Start Over")
    world.picture("fatal")
    world.stop_app()
    assert database.read_bytes() == bytes(content), "the damaged file was touched"


def test_a_second_process_is_told_that_the_profile_is_in_use(world):
    world.start_network()
    world.start_app()
    people.create_account(world, "Maria")
    done = subprocess.run(
        [window.binaries / "shallot-cli", "--data", world.folder / "profile", "--network", world.network, "account", "show"],
        capture_output=True, text=True, timeout=20)
    assert done.returncode != 0
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr


def word_fields(world):
    return [node for node in a.find_all(world.app, "text") if (node.get_name() or "").startswith("Word ")]
