"""Restoring an account, saving its phrase, and what happens when the data cannot be opened."""
import pathlib
import subprocess

from . import accessibility as a
from . import desk, memberships, pages, people, window
from .pointing import open_preferences, preferences_window
from .test_preferences import choose_file

# Where the network keeps the profile of an account.
PROFILES = 2


def test_an_account_comes_back_from_its_thirteen_words(world):
    world.start_network("--control", "0")
    first = world.person("first-device")
    phrase = first.run("account", "show", "--phrase")[0]["recoveryPhrase"].split()
    memberships.share(world, first.id, phrase)
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
    assert counters(world) == {"Contacts": "1", "Groups": "3", "Communities": "1", "Messages": "1"}, counters(world)
    world.picture("restored")
    a.press(world.app, "Open Now")
    listing = a.wait_find(world.app, "list", "Conversations")
    for name in ("Best Friend", *memberships.ALL):
        a.wait_find(listing, containing=name)
    world.picture("restored-list")
    pages.open_row(world, listing, "Best Friend")
    people.wait_message(world, "see you tomorrow")
    pages.open_row(world, listing, memberships.INVITED)
    a.wait_find(world.app, containing="You were invited and have not accepted yet.")
    pages.open_row(world, listing, memberships.COMMUNITY)
    a.wait_find(world.app, containing="A public room on a community server")
    people.open_conversation_with(world, world.echo)
    people.write(world, "I am back")
    people.wait_message(world, "You said: I am back")


def test_an_account_comes_back_from_a_picture_of_its_code(world):
    code, empty = code_pictures(world)
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


def test_a_picture_of_a_code_can_be_pasted_over_the_words(world):
    code, empty = code_pictures(world)
    paste(world, empty, lambda: a.find(world.app, containing="There is no QR code in this picture"))
    paste(world, code, lambda: all(a.text_of(field) for field in word_fields(world)))
    assert a.is_sensitive(a.find(world.app, "push button", "Continue"))


def test_a_picture_of_a_code_can_be_dropped_on_the_page(world):
    code, empty = code_pictures(world)
    drop(world, empty, "file")
    a.wait_find(world.app, containing="There is no QR code in this picture")
    drop(world, code, "file")
    a.wait_for("the words", lambda: all(a.text_of(field) for field in word_fields(world)))
    for field in word_fields(world):
        a.set_text(field, "")
    drop(world, code, "texture")
    a.wait_for("the words again", lambda: all(a.text_of(field) for field in word_fields(world)))
    assert a.is_sensitive(a.find(world.app, "push button", "Continue"))


def paste(world, picture, is_read):
    """Copies the picture in another program, and pastes it where one writes words. The program gives it away only then."""
    with Source(world, picture, "clipboard"):
        desk.focus(world.main_window)
        desk.key("ctrl+v")
        a.wait_for("the picture to be read", is_read)


def drop(world, picture, kind):
    """Drags the picture out of another program's window."""
    with Source(world, picture, kind) as source:
        at = 1000, 500
        desk.run("windowmove", "--sync", source.window, *at)
        box = a.extents(word_fields(world)[0])
        desk.run("mousemove", at[0] + 60, at[1] + 60, "mousedown", 1)
        for step in range(1, 21):
            share = step / 20
            desk.run("mousemove", "--sync", round(at[0] + 60 + share * (box.x + 20 - at[0] - 60)),
                     round(at[1] + 60 + share * (box.y + 60 - at[1] - 60)))
        source.wait("dragging")

        def is_welcome():
            # A drag that began late has seen no movement: only the next one tells those who lie below it.
            for x in (box.x + 24, box.x + 20):
                desk.run("mousemove", "--sync", x, box.y + 60)
            return source.has_said("welcome")
        a.wait_for("somebody who takes it", is_welcome)
        desk.run("mouseup", 1)
        source.wait("dropped")


class Source:
    """The program of `picture_source.py`, as long as it is needed."""

    def __init__(self, world, picture, kind):
        self.output = world.folder / "picture-source"
        script = pathlib.Path(__file__).with_name("picture_source.py")
        world.main_window = desk.windows()[-1]
        with open(self.output, "w") as output:
            self.process = subprocess.Popen(["/usr/bin/python3", "-B", script, picture, kind], stdout=output)
        world.programs.append(self.process)

    def wait(self, word):
        a.wait_for(f"the source to say “{word}”", lambda: self.has_said(word))

    def has_said(self, word):
        return word in self.output.read_text().split()

    def __enter__(self):
        self.wait("ready")
        self.window = desk.run("search", "--name", "picture-source").split()[-1]
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def photographed(path):
    """A picture of the display; what it shows."""
    subprocess.run(["import", "-window", "root", path], check=True)
    return subprocess.run(["identify", "-format", "%#", path], capture_output=True, text=True, check=True).stdout


def code_pictures(world):
    """Makes an account, and pictures of its code and of none; then the page of a restore on another computer stands."""
    world.start_network("--control", "0")
    world.start_app()
    mine = people.create_account(world, "Maria")
    preferences = open_preferences(world)
    desk.click(a.wait_find(preferences, "label", "Recovery Phrase"))
    a.press(preferences, "Show Recovery Phrase")
    desk.resize((640, 860))
    a.press(preferences, "Show QR Code")
    a.wait_for("the whole code", lambda: any(a.extents(node).height > 150 for node in a.find_all(preferences, "image")))
    world.picture("recovery-code")
    code, empty = world.folder / "code.png", world.folder / "empty.png"
    a.wait_for("the code to be painted", lambda: photographed(code) == photographed(code))
    a.wait_for("the profile to be on the network", lambda: any(
        world.control("messages", account=mine, namespace=PROFILES)["members"].values()))
    world.stop_app()
    world.start_app(profile="new-computer")
    a.press(world.app, "Restore Account")
    a.wait_for("13 fields", lambda: len(word_fields(world)) == 13)
    subprocess.run(["import", "-window", "root", empty], check=True)
    return code, empty


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
        (one for one in a.find_all(world.app, "text") if one.name == "Display name"), None), 40)
    world.picture("restoring-name")
    a.set_text(name, "Maria")
    a.press(world.app, "Use This Name")
    a.wait_find(world.app, "label", containing="Maria")
    a.press(world.app, "Cancel")
    a.wait_find(world.app, "push button", "Create Account")


def test_an_account_that_was_opened_without_a_profile_is_asked_for_a_name(world):
    world.start_network()
    phrase = world.person("first-device").run("account", "show", "--phrase")[0]["recoveryPhrase"].split()
    world.start_app()
    a.press(world.app, "Restore Account")
    pages.fill_in(world, phrase)
    a.press(world.app, "Continue")
    a.press(world.app, "Open Now")
    a.wait_find(world.app, containing="What should your contacts call you?", seconds=40)
    world.picture("name-banner")
    desk.resize((360, 640))
    world.picture("name-banner-narrow")
    desk.resize((1200, 800))
    below = a.resting_place(a.wait_find(world.app, "push button", "New Conversation")).y
    a.press(world.app, "Choose a Name")
    preferences = a.wait_for("the preferences", lambda: preferences_window(world))
    a.wait_find(preferences, containing="If your profile arrives later, it is used instead.")
    world.picture("name-preferences")
    desk.focus()
    desk.type_text("Maria")
    desk.key("Return")
    a.wait_find(preferences, containing="Contacts see this name.")
    desk.leave()
    # Rolled up, a banner keeps its words.
    a.wait_for("the question to go", lambda: a.extents(a.find(world.app, "push button", "New Conversation")).y < below)


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


def counters(world):
    """What the page of a restore counts: the row's title, and the number that stands behind it."""
    words = [node.name for node in a.find_all(world.app, "label")]
    return {row: words[index + 1] for row in ("Contacts", "Groups", "Communities", "Messages")
            for index, word in enumerate(words) if word.split(" (")[0] == row}


def word_fields(world):
    return [node for node in a.find_all(world.app, "text") if node.name.startswith("Word ")]
