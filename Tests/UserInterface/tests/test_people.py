"""Strangers who are turned away, and every control that has to have a name."""
from . import accessibility as a
from . import desk, people
from .desk import key  # noqa: F401 (other tests take it from here)
from .names import path, unnamed_controls


def test_a_declined_request_tells_the_sender_nothing(world):
    world.start_network()
    tom = world.person("Tom")
    world.start_app()
    mine = people.create_account(world, "Maria")
    tom.send(mine, "Please answer")
    open_first_request(world)
    people.wait_message(world, "Please answer")
    a.press(world.app, "Delete")
    a.wait_for("an empty list of requests", lambda: a.find(world.app, containing="No requests"))
    assert not [e for e in tom.run("receive", "--timeout", "3") if e.get("event") != "polled"]


def test_a_blocked_person_stays_silent(world):
    world.start_network()
    tom = world.person("Tom")
    world.start_app()
    mine = people.create_account(world, "Maria")
    tom.send(mine, "One")
    open_first_request(world)
    people.wait_message(world, "One")
    a.press(world.app, "Block")
    # The button of the request bar, then the one of the question that it asks.
    a.press(a.wait_find(world.app, "dialog", containing="Block"), containing="Block")
    a.wait_for("the request to leave the list", lambda: not a.find_all(
        a.find(world.app, "list", "Message Requests") or world.app, "list item", containing="One"))
    tom.send(mine, "Two")
    people.open_conversation_with(world, world.echo)
    people.write(world, "Marker")
    people.wait_message(world, "You said: Marker")
    found = a.find(world.app, containing="Two")
    assert not found, path(found)


def test_keys_alone_send_a_message(world):
    world.start_network()
    world.start_app()
    people.create_account(world, "Maria")
    desk.focus()
    desk.key("ctrl+n")
    entry = a.wait_find(world.app, "text", "Account ID or name")
    a.wait_for("the entry to have the focus", lambda: a.is_focused(entry))
    desk.type_text(world.echo)
    a.wait_find(world.app, "push button", containing="Message this Account ID")
    desk.key("Return")
    message = a.wait_find(world.app, "text", "Message")
    a.wait_for("the composer to have the focus", lambda: a.is_focused(message))
    desk.focus()
    desk.type_text("typed by hand")
    desk.key("Return")
    people.wait_message(world, "You said: typed by hand")


def test_every_control_of_every_page_has_a_name(world):
    world.start_network()
    world.start_app()
    expect_names(world, "welcome")
    a.press(world.app, "Restore Account")
    expect_names(world, "restore")
    a.press(world.app, "Back")
    people.create_account(world, "Maria")
    expect_names(world, "empty list")
    people.open_conversation_with(world, world.echo)
    people.write(world, "Hello")
    people.wait_message(world, "You said: Hello")
    expect_names(world, "conversation")
    a.press(world.app, "Details")
    expect_names(world, "details")
    desk.focus()
    desk.key("ctrl+comma")
    a.wait_find(world.app, name="Preferences")
    expect_names(world, "preferences")


def expect_names(world, page):
    unnamed = unnamed_controls(world.app)
    assert not unnamed, f"{page}: {unnamed}"


def open_first_request(world):
    a.press(world.app, containing="message request", seconds=30)
    a.click_row(a.wait_find(world.app, "list", "Message Requests"), 0)


def focus(world):
    """For tests that have one window only."""
    desk.focus()
