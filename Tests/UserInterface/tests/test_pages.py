"""Every page in every look: each control has a name, nothing is wider than its window, every word was translated."""
import re

from . import accessibility as a
from . import desk, language, looks, pages, window
from .furnished import Furnished
from .names import unnamed

# What every run looks at; with --screenshots all looks are walked.
ALWAYS = ("mirrored", "large-text-narrow")
# The toolkit draws a frame of its own around windows where nothing else does.
FRAME = 12


def walk(world, look, walked):
    for page in walked:
        newest = desk.windows()[-1]
        if look.is_narrow and desk.width(newest) > look.size[0] + FRAME and page != "shortcuts":
            desk.resize(look.size, newest)
        world.picture(f"{look.name}/{page}")
        # The toolkit's shortcuts window does not fold.
        if page != "shortcuts":
            fits(world, look.size[0] + FRAME, f"{page}, {look.name}")
        nodes = list(a.walk(world.app))
        assert not unnamed(nodes), f"{look.name}: {page}: {unnamed(nodes)}"
        if language.spoken and page != "shortcuts":
            left = untranslated(nodes)
            assert not left, f"{page}: not translated: {left}"
    said = world.said()
    assert "outlive" not in said, said
    assert "CRITICAL" not in said and "WARNING" not in said, said


def fits(world, room, page):
    """A window that just got its size lays itself out in its next frame: what counts is how wide it stays."""
    def wide():
        return {one.name: a.extents(one).width for one in a.children(world.app) if a.extents(one).width > room}
    try:
        a.wait_for("windows with a width", lambda: not wide(), seconds=5)
    except a.NotThere:
        raise AssertionError(f"{page}: {wide()} have {room} pixels") from None


WORDS = {"label", "push button", "text", "menu item", "list", "check box", "switch", "dialog", "status bar", "alert"}
# Names and texts that people wrote, and what has no translation.
PEOPLE = re.compile(
    r"Maria|Tom|Devnet|Maximiliane|Ada|Bo\b|Zoë|Ken\b|Shallot|Gtk|Adw|https?:|[0-9a-f]{6}|GTK|libadwaita|station|buy seeds"
    r"|longer text|Garden|Choir|Bicycles|Neighbours|found the key|would like to write|\d{4} at|No Results Found|Try a different search|[0-9A-Za-z+/]{40}")


def untranslated(nodes):
    return [node.name for node in nodes
            if node.role in WORDS and re.search("[A-Za-z]{3}", node.name)
            and "⟦" not in node.name and "Ctrl+" not in node.name and not PEOPLE.search(node.name)]


def onboarding(look):
    def test(world):
        furnished = Furnished.get()
        furnished.join(world)
        look.start(world)
        walk(world, look, pages.onboarding(world, furnished))
    return test


def main(look):
    def test(world):
        furnished = Furnished.get()
        furnished.move_in(world)
        look.start(world)
        walk(world, look, pages.main(world, furnished))
    return test


for each in looks.ALL:
    if window.screenshots or each.name in ALWAYS:
        globals()[f"test_onboarding_{each.name}"] = onboarding(each)
        globals()[f"test_conversations_{each.name}"] = main(each)
