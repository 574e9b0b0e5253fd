"""Notifications on a notification service of its own, with what a person does to them."""
from . import accessibility as a
from . import desk, desktop, people
from .pointing import open_preferences, point_at, preferences_window, show_page
from .test_people import focus, key

FULL = ("actions", "body", "body-markup", "persistence", "sound")


def test_a_notification_opens_the_right_conversation_and_goes_when_it_was_read(world):
    session, tom, anna = acquainted(world, FULL)
    tom.send(world.mine, "From Tom <b>& co</b>")
    anna.send(world.mine, "From Anna")
    number, shown = session.wait_notification("From Tom")
    assert strip(shown["title"]) == "Tom", shown
    assert shown["body"] == "From Tom &lt;b&gt;&amp; co&lt;/b&gt;", shown
    assert list(shown["actions"]) == ["default", "reply", "mark-read"], shown
    assert shown["hints"]["desktop-entry"] == "im.shallot.Shallot", shown
    session.wait_notification("From Anna")
    expect_no_identities(world, session)
    tom.send(world.mine, "Second")
    again, shown = session.wait_notification("Second")
    assert again == number and shown["body"].splitlines()[0].startswith("From Tom"), shown
    session.press(number, "default")
    people.wait_message(world, "From Tom")
    assert not people.messages(world, "From Anna"), "the other conversation was opened"
    tom.send(world.mine, "While you look")
    people.wait_message(world, "While you look")
    key("ctrl+w")
    shown = session.notifications()
    assert len(shown) == 1 and "From Anna" in str(shown), shown
    world.stop_app()
    assert not session.notifications(), "they stayed after the end"


def test_marking_read_and_answering_from_a_notification(world):
    session, tom, anna = acquainted(world, FULL)
    focus(world)
    tom.send(world.mine, "Are you there?")
    number, _ = session.wait_notification("Are you there?")
    session.press(number, "mark-read")
    a.wait_for("the conversation to be read", lambda: not a.find(world.app, "list item", containing="1 unread"))
    anna.send(world.mine, "Shall we?")
    number, _ = session.wait_notification("Shall we?")
    session.press(number, "reply")
    field = a.wait_find(world.app, "text", containing="Reply to")
    assert "Anna" in field.get_name(), field.get_name()
    a.set_text(field, "Yes, at eight")
    world.picture("quick-reply")
    a.press(small_window(world), "Send")
    assert anna.receive_until(lambda event: event.get("body") == "Yes, at eight")
    a.wait_for("the small window to close", lambda: not small_window(world))


def test_an_answer_typed_into_the_notification_is_sent(world):
    session, tom, anna = acquainted(world, (*FULL, "inline-reply"))
    focus(world)
    tom.send(world.mine, "Are you there?")
    number, shown = session.wait_notification("Are you there?")
    assert "inline-reply" in shown["actions"], shown
    session.reply(number, "Here I am")
    assert tom.receive_until(lambda event: event.get("body") == "Here I am")


def test_notifications_tell_as_much_as_the_setting_allows(world):
    session, tom, anna = acquainted(world, ("actions", "body"))
    choose_content(world, "Name Only")
    tom.send(world.mine, "Secret plan & co")
    number, shown = session.wait_notification("Tom")
    assert shown["body"] == "New message", shown
    session.put_away(number)
    choose_content(world, "Nothing")
    tom.send(world.mine, "Another secret")
    number, shown = session.wait_notification("Shallot")
    assert "Tom" not in str(shown) and "secret" not in str(shown), shown
    assert "reply" not in shown["actions"], shown
    session.put_away(number)
    choose_content(world, "Name and Message")
    tom.send(world.mine, "Open & plain")
    number, shown = session.wait_notification("Open")
    assert shown["body"] == "Open & plain", "escaped without markup, or older lines came back"
    bob = world.person("Bob")
    bob.send(world.mine, "I am a stranger")
    number, shown = session.wait_notification("Message request")
    assert "stranger" not in str(shown) and "Bob" not in str(shown), shown
    session.press(number, "open")
    a.wait_find(world.app, "list", "Message Requests")


def small_window(world):
    return next((node for node in a.children(world.app) if node.name.startswith("Reply to")), None)


def acquainted(world, capabilities):
    """An app with two contacts, and its own session with a notification service."""
    world.start_network()
    session = desktop.Session(world)
    session.start_notifications(*capabilities)
    world.start_app(environment=session.environment)
    world.mine = people.create_account(world, "Maria")
    persons = [world.person(name) for name in ("Tom", "Anna")]
    for person in persons:
        person.send(world.mine, f"{person.name} asks")
        a.press(world.app, containing="message request", seconds=30)
        a.click_row(a.wait_find(world.app, "list", "Message Requests"), 0)
        people.wait_message(world, f"{person.name} asks")
        a.press(world.app, "Accept")
        a.wait_for("the request to be accepted", lambda: not a.find(world.app, "push button", "Accept"))
        focus(world)
        key("ctrl+w")
        a.wait_for("the conversation to close", lambda: not people.messages(world, f"{person.name} asks"))
        a.wait_find(world.app, "list item", containing=f"{person.name}, ")
    a.wait_for("no notifications", lambda: not session.notifications())
    return session, *persons


def choose_content(world, words):
    preferences = open_preferences(world)
    show_page(world, "Notifications")
    point_at(a.wait_find(preferences, "combo box", "Show"))
    a.wait_for("the choices", lambda: a.find(preferences, "label", words))
    for name in ["Up"] * 3 + ["Down"] * ("Name and Message", "Name Only", "Nothing").index(words) + ["Return"]:
        key(name)
    desk.press_until("Escape", "the preferences to close", lambda: not preferences_window(world))


def strip(text):
    return text.strip("\u2068\u2069")


def expect_no_identities(world, session):
    everything = str(session.notifications())
    for account in (world.mine, world.echo):
        assert account not in everything and account[2:14] not in everything, everything
