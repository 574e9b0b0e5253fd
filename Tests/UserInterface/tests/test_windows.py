"""Windows that come and go: nothing of them stays behind, Escape closes them, and the keyboard goes back to where it was."""
from . import accessibility as a
from . import desk, pages, people

TIMES = 20


def test_nothing_stays_of_windows_that_were_opened_twenty_times(world):
    begin(world)
    people.write(world, "Hello")
    people.wait_message(world, "You said: Hello")
    windows = (new_conversation, preferences, shortcuts, message_details, question, code, about)
    for _ in range(TIMES):
        for open_one in windows:
            open_one(world)
            desk.leave()
    expect_nothing_left(world, TIMES * len(windows))


def test_pages_leave_nothing_behind_when_others_take_their_place(world):
    begin(world)
    for _ in range(TIMES):
        desk.key("ctrl+shift+n")
        a.wait_find(world.app, "push button", containing="Details of ⁨Note to Self")
        desk.key("ctrl+i")
        a.wait_find(world.app, "push button", "Close Details")
        desk.key("ctrl+i")
        desk.key("ctrl+w")
        a.wait_for("the conversation to go", lambda: not a.find(world.app, "push button", containing="Details of ⁨Note"))
    expect_nothing_left(world, TIMES)


def test_the_keyboard_goes_back_to_where_it_was(world):
    begin(world)
    a.wait_for("the composer to have the keyboard", lambda: focused_name(world) == "Message")
    for open_one in (new_conversation, preferences, shortcuts):
        open_one(world)
        desk.leave()
        a.wait_for(f"the keyboard after {open_one.__name__}", lambda: focused_name(world) == "Message")
    desk.key("ctrl+i")
    a.wait_find(world.app, "push button", "Close Details")
    desk.key("Escape")
    a.wait_for("the composer to have the keyboard after the details", lambda: focused_name(world) == "Message")
    desk.key("ctrl+f")
    a.wait_for("the search to have the keyboard", lambda: pages.focused_role(world) in ("text", "entry"))
    desk.key("Escape")
    a.wait_for("the list to have the keyboard", lambda: pages.focused_role(world) == "list item")


def test_preferences_work_the_second_time_too(world):
    begin(world)
    for _ in range(2):
        preferences(world)
        desk.focus()
        dialog = a.wait_find(world.app, "dialog", "Preferences")
        desk.click(a.wait_find(dialog, "label", "Recovery Phrase"))
        a.press(dialog, "Back")
        a.wait_for("the subpage to close", lambda: not a.find(dialog, "push button", "Back"))
        desk.leave()
    assert "outlive" not in world.said(), world.said()


def test_the_conversation_of_last_time_is_open_again(world):
    begin(world)
    people.write(world, "Hello")
    people.wait_message(world, "You said: Hello")
    desk.focus()
    desk.type_text("half a thought")
    world.stop_app()
    world.start_app()
    people.wait_message(world, "You said: Hello")
    field = a.wait_find(world.app, "text", "Message")
    a.wait_for("the draft", lambda: a.text_of(field) == "half a thought")
    a.wait_for("the composer to have the keyboard", lambda: focused_name(world) == "Message")
    desk.focus()
    desk.key("ctrl+w")
    world.stop_app()
    world.start_app()
    a.wait_find(world.app, "list", "Conversations")
    a.wait_find(world.app, "label", containing="Choose a conversation")


def test_an_address_that_waited_opens_where_one_writes(world):
    world.start_network()
    world.start_app(f"shallot:{world.echo}")
    people.create_account(world, "Maria")
    a.wait_for("the composer to have the keyboard", lambda: focused_name(world) == "Message")


def begin(world):
    world.start_network()
    world.start_app()
    people.create_account(world, "Maria")
    people.open_conversation_with(world, world.echo)
    desk.focus()


def focused_name(world):
    node = pages.focused(world)
    return node.name if node else None


def expect_nothing_left(world, count):
    """A debug build counts what is left of a window or page two seconds after it went, and says so."""
    a.wait_for(f"{count} counts", lambda: world.said().count("Census:") >= count, seconds=30)
    assert "outlive" not in world.said(), world.said()


def new_conversation(world):
    desk.key("ctrl+n")
    a.wait_find(world.app, "text", "Account ID or name")


def preferences(world):
    desk.key("ctrl+comma")
    a.wait_find(world.app, "dialog", "Preferences")


def shortcuts(world):
    desk.key("ctrl+question")
    a.wait_find(world.app, containing="On a Message")


def message_details(world):
    pages.focus_last_message(world)
    desk.key("d")
    a.wait_find(world.app, containing="Copy Technical Details")


def question(world):
    pages.choose(world, "Block…")
    a.wait_find(world.app, "push button", "Cancel")


def code(world):
    pages.choose_primary(world, "Show My QR Code")
    a.wait_find(world.app, "push button", "Copy Account ID")


def about(world):
    pages.choose_primary(world, "About Shallot")
    a.wait_find(world.app, containing="0.1.0")
