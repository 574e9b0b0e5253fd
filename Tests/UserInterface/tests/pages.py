"""A walk through every page. Each part brings the window to one page after another and yields the page's name."""
from . import accessibility as a
from . import desk, memberships, people
from .furnished import LONG_NAME


def onboarding(world, furnished):
    """From Welcome to the conversations, with the wrong turns."""
    a.wait_find(world.app, "push button", "Create Account")
    yield "welcome"
    a.press(world.app, "Create Account")
    name = a.wait_find(world.app, "text", "Display name")
    yield "create"
    a.press(world.app, "Create")
    a.wait_find(world.app, containing="Enter a name")
    yield "create-error"
    a.set_text(name, "Maximiliane-Wilhelmina von und zu Hohenlohe-Waldenburg, die Jüngere, zu Schillingsfürst und Corvey")
    yield "create-too-long"
    a.set_text(name, "Maria")
    a.press(world.app, "Create")
    a.wait_find(world.app, "push button", "Start Messaging")
    yield "account-id"
    a.press(world.app, "Show QR Code")
    yield "account-id-code"
    a.press(world.app, "Back")
    a.wait_find(world.app, "push button", containing="Discard")
    yield "account-id-discard"
    a.press(world.app, containing="Discard")
    a.press(world.app, "Restore Account")
    a.wait_for("13 fields", lambda: len(word_fields(world)) == 13)
    yield "restore"
    phrase = furnished.phrase
    fill_in(world, phrase[:12] + ["zoom"])
    a.set_text(word_fields(world)[2], "xyzzy")
    yield "restore-wrong-words"
    a.set_text(word_fields(world)[2], phrase[2])
    a.set_text(word_fields(world)[12], phrase[12])
    a.press(world.app, "Continue")
    a.wait_find(world.app, containing="Everything that was on the network", seconds=60)
    yield "restoring"
    a.press(world.app, "Cancel")
    a.press(world.app, "Restore Account")
    fill_in(world, furnished.lost_phrase)
    a.press(world.app, "Continue")
    a.wait_find(world.app, containing="Nothing is on the network any more", seconds=60)
    a.wait_find(world.app, "push button", "Use This Name", seconds=40)
    yield "restoring-name"
    a.press(world.app, "Use This Name")
    a.wait_find(world.app, containing="Enter a name")
    yield "restoring-name-error"


def fill_in(world, words):
    """Types the words on the page of a restore."""
    for field, word in zip(a.wait_for("13 fields", lambda: found if len(found := word_fields(world)) == 13 else None), words):
        a.set_text(field, word)


def word_fields(world):
    return [node for node in a.find_all(world.app, "text") if language_word(node.name)]


def language_word(name):
    return name.strip("⟦").startswith(("Word ", "Wöŕd "))


def main(world, furnished):
    """The conversations of somebody who has some."""
    listing = a.wait_find(world.app, "list", "Conversations")
    a.wait_for("the rows", lambda: listing.get_child_count() > 4)
    yield "list"
    yield from list_pages(world, listing)
    yield from conversation_pages(world, listing)
    yield from membership_pages(world, listing)
    yield from request_pages(world)
    yield from start_pages(world, furnished)
    yield from other_windows(world)


def list_pages(world, listing):
    desk.key("F10")
    a.wait_find(world.app, containing="Mark All as Read")
    yield "list-menu"
    desk.key("Escape")
    desk.right_click(row_of(listing, "Tom"))
    a.wait_find(world.app, containing="Copy Account ID")
    yield "list-row-menu"
    desk.key("Escape")
    desk.key("ctrl+f")
    a.wait_for("the search to have the keyboard", lambda: focused_role(world) in ("text", "entry"))
    desk.type_text("zu")
    a.wait_for("fewer rows", lambda: listing.get_child_count() == 1)
    yield "list-search"
    desk.type_text("xyz")
    a.wait_find(world.app, containing="Nothing matches")
    yield "list-nothing-found"
    desk.key("Escape")
    a.wait_for("all rows", lambda: listing.get_child_count() > 4)


def conversation_pages(world, listing):
    open_row(world, listing, LONG_NAME)
    people.wait_message(world, "I found the key")
    yield "conversation-links"
    back(world)
    open_row(world, listing, "Tom")
    people.wait_message(world, "See you at the station")
    yield "conversation"
    focus_last_message(world)
    yield "message-focus"
    desk.key("Menu")
    a.wait_find(world.app, containing="Delete for Me")
    yield "message-menu"
    desk.key("Escape")
    a.press(world.app, containing="Not sent")
    a.wait_find(world.app, containing="Try Again")
    yield "message-failed-menu"
    desk.key("Escape")
    focus_last_message(world)
    desk.key("d")
    a.wait_find(world.app, containing="Copy Technical Details")
    yield "message-details"
    desk.leave()
    focus_last_message(world)
    desk.key("Delete")
    a.wait_find(world.app, "push button", containing="Undo")
    yield "message-deleted"
    a.press(world.app, containing="Undo")
    field = a.wait_find(world.app, "text", "Message")
    a.set_text(field, "A long story. " * 135)
    yield "composer-counter"
    a.set_text(field, "A long story. " * 160)
    a.wait_find(world.app, containing="Split into")
    yield "composer-over"
    a.set_text(field, "")
    for name, item in (("nickname", "Set Nickname"), ("block", "Block…"), ("clear", "Clear Messages…"),
                       ("delete", "Delete Conversation…"), ("delete-contact", "Delete Contact…")):
        if name == "nickname":
            open_menu(world, "Conversation Menu", item)
            yield "conversation-menu"
            desk.key("Escape")
        choose(world, item)
        a.wait_find(world.app, "push button", containing="Cancel")
        yield f"question-{name}"
        desk.leave()
    desk.key("ctrl+i")
    a.wait_find(world.app, "text", "Nickname")
    yield "details"
    desk.key("ctrl+i")
    back(world)
    desk.key("ctrl+shift+n")
    people.wait_message(world, "buy seeds")
    yield "note-to-self"
    desk.key("ctrl+i")
    yield "details-note-to-self"
    desk.key("ctrl+i")
    desk.key("ctrl+w")


def membership_pages(world, listing):
    """What this version keeps, and cannot open."""
    for page, name, words in (
            ("group", memberships.GROUP, "A group of up to 100 people"),
            ("group-invited", memberships.INVITED, "You were invited"),
            ("community", memberships.COMMUNITY, "A public room"),
            ("legacy-group", memberships.OLD, "A group of an old kind")):
        open_row(world, listing, name)
        # A page that is not shown is there too, without a size.
        a.wait_for(f"the page of {name}", lambda: any(
            a.extents(node).height > 1 for node in a.find_all(world.app, containing=words)))
        yield page
        back(world)
    desk.key("ctrl+w")


def request_pages(world):
    a.press(world.app, containing="message request")
    requests = a.wait_find(world.app, "list", "Message Requests")
    a.wait_for("two requests", lambda: requests.get_child_count() == 2)
    yield "requests"
    a.click_row(requests, 0)
    people.wait_message(world, "I would like to write")
    yield "request"
    a.press(world.app, "Delete")
    a.wait_find(world.app, "push button", containing="Undo")
    yield "request-deleted"
    a.press(world.app, containing="Undo")
    desk.key("Escape")


def start_pages(world, furnished):
    desk.key("ctrl+n")
    entry = a.wait_find(world.app, "text", "Account ID or name")
    yield "new"
    a.set_text(entry, "zu")
    yield "new-match"
    a.set_text(entry, "03" + furnished.me.id[2:])
    yield "new-unknown"
    a.set_text(entry, "05" + furnished.me.id[:1:-1])
    yield "new-account"
    a.set_text(entry, "")
    a.press(a.wait_find(world.app, "dialog", "New Conversation"), "Show My QR Code")
    a.wait_find(world.app, "push button", "Copy Account ID")
    yield "code"
    desk.leave()
    desk.leave()


def other_windows(world):
    desk.key("ctrl+comma")
    preferences = a.wait_find(world.app, "dialog", "Preferences")
    desk.focus()
    yield "preferences-profile"
    for page in ("Notifications", "Calls", "Appearance", "Network", "Data"):
        a.click(a.wait_for(page, lambda: next((node for node in a.find_all(preferences, name=page)
                                               if node.get_action_count()), None)))
        yield f"preferences-{page.lower()}"
    desk.leave()
    desk.key("ctrl+question")
    a.wait_find(world.app, containing="New conversation")
    yield "shortcuts"
    desk.leave()


# MARK: Small steps


def row_of(listing, name):
    return next(row for row in a.children(listing) if name in row.name)


def open_row(world, listing, name):
    def index():
        return next((i for i, row in enumerate(a.children(listing)) if row.name.startswith(name)), None)
    a.click_row(listing, a.wait_for(f"the row of {name}", lambda: (index(),) if index() is not None else None)[0])


def open_menu(world, button, item):
    """Opens a menu and gives back the item."""
    desk.click(a.wait_find(world.app, "push button", button))
    return a.wait_find(world.app, "menu item", containing=item)


def choose(world, item):
    """Takes an item of the menu of the open conversation."""
    a.click(open_menu(world, "Conversation Menu", item))


def choose_primary(world, item):
    """Takes an item of the main menu."""
    desk.key("F10")
    a.click(a.wait_find(world.app, "menu item", containing=item))


def back(world):
    desk.key("alt+Left")


def focused(world):
    return next((node for node in a.walk(world.app) if node.was(a.State.FOCUSED)), None)


def focused_role(world):
    node = focused(world)
    return node.role if node else None


def focus_last_message(world):
    field = a.wait_find(world.app, "text", "Message")
    desk.click(field)
    a.wait_for("the field to have the keyboard", lambda: focused_role(world) == "text")
    desk.key("Up")
    a.wait_for("a message to have the keyboard", lambda: focused_role(world) == "list item")
