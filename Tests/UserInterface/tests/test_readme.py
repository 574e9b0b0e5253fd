"""The pictures of the README. Made only when asked for: `Tests/UserInterface/run --screenshots DIR readme`."""
from . import accessibility as a
from . import desk, looks, pages, people, window

WIDE = (1080, 680)


def pictures(look):
    def test(world):
        world.start_network()
        look.start(world)
        a.wait_find(world.app, "push button", "Restore Account")
        world.picture(f"welcome-{look.name}")
        a.press(world.app, "Create Account")
        a.set_text(a.wait_find(world.app, "text", "Display name"), "Maria")
        a.press(world.app, "Create")
        a.wait_find(world.app, "push button", "Start Messaging")
        world.picture(f"account-{look.name}")
        mine = a.wait_for("the Account ID", lambda: next(
            filter(None, (people.account_in(node.name) for node in a.walk(world.app))), None))
        a.press(world.app, "Start Messaging")
        people.open_conversation_with(world, world.echo)
        for text in ("Is anybody there?", "Then three nodes carried this."):
            people.write(world, text)
            people.wait_message(world, f"You said: {text}")
        if look.is_narrow:
            go_back(world)
        for name, text in (("Tom", "The ladder is in the garden"), ("Zoë", "See you at the station at eight")):
            person = world.person(name)
            person.send(mine, text)
            accept(world, text)
            if look.is_narrow:
                go_back(world)
            person.receive_until(lambda event: event.get("event") == "accepted" or event.get("text") == "Good")
        desk.key("ctrl+shift+n")
        people.write(world, "buy seeds")
        people.wait_message(world, "buy seeds")
        if look.is_narrow:
            go_back(world)
        listing = a.wait_find(world.app, "list", "Conversations")
        a.wait_for("four conversations", lambda: listing.get_child_count() == 4)
        world.picture(f"list-{look.name}")
        pages.open_row(world, listing, "Echo")
        people.wait_message(world, "You said: Then three nodes")
        world.picture(f"conversation-{look.name}")
        if look.is_narrow:
            go_back(world)
        a.wait_for("two paths", lambda: a.find(world.app, "push button", containing="2 paths"), seconds=60)
        a.press(world.app, containing="Network path:")
        a.wait_find(world.app, containing="Rebuild Paths")
        if look.is_narrow:
            desk.resize(look.size)
        world.picture(f"path-{look.name}")
    return test


def go_back(world):
    desk.focus()
    pages.back(world)


def accept(world, text):
    a.press(world.app, containing="message request", seconds=30)
    a.click_row(a.wait_find(world.app, "list", "Message Requests"), 0)
    people.wait_message(world, text)
    people.write(world, "Good")
    people.wait_message(world, "Good")


if window.screenshots:
    for each in (
        looks.Look("light", looks.LIGHT, WIDE), looks.Look("dark", looks.DARK, WIDE),
        looks.Look("narrow-light", looks.LIGHT, looks.NARROW), looks.Look("narrow-dark", looks.DARK, looks.NARROW),
    ):
        globals()[f"test_pictures_of_the_readme_{each.name}"] = pictures(each)
