"""Restoring an account, saving its phrase, and what happens when the data cannot be opened."""
import json
import subprocess

from . import accessibility as a
from . import people, window


def test_an_account_comes_back_from_its_thirteen_words(world):
    world.start_network()
    phrase = phrase_of(world, "first-device")
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
    a.set_text(a.wait_find(world.app, "text", "Display name"), "Maria")
    a.press(world.app, "Restore Account")
    people.open_conversation_with(world, world.echo)
    people.write(world, "I am back")
    people.wait_message(world, "You said: I am back")


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


def phrase_of(world, name):
    """The words of an account made at the command line."""
    person = window.Person(world, name)
    shown = person.run("account", "show", "--phrase") if "--phrase" in help_text() else None
    if shown:
        words = shown[0].get("phrase") or shown[0].get("recoveryPhrase")
        return words.split() if isinstance(words, str) else words
    raise AssertionError(f"shallot-cli cannot show the phrase: {json.dumps(shown)}")


def help_text():
    return subprocess.run(
        [window.binaries / "shallot-cli", "account", "show", "--help"], capture_output=True, text=True, timeout=20).stdout
