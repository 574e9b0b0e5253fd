"""The same conversation in light, dark and narrow windows; the pictures of the README come from here."""
from . import accessibility as a
from . import desk, people


def test_a_conversation_stands_in_light_dark_and_narrow_windows(world):
    world.start_network()
    world.start_app(environment={"ADW_DEBUG_COLOR_SCHEME": "prefer-light"})
    people.create_account(world, "Maria")
    people.open_conversation_with(world, world.echo)
    for text in ("Hello Echo", "Does this really pass three nodes?", "See you at the station at eight"):
        people.write(world, text)
        people.wait_message(world, f"You said: {text}")
    desk.focus()
    world.picture("conversation-light")
    world.stop_app()

    world.start_app(environment={"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"})
    open_echo(world)
    desk.focus()
    world.picture("conversation-dark")
    desk.resize((360, 640))
    a.wait_for("the composer to fit 360 pixels", lambda: fits(world, 360))
    world.picture("conversation-narrow")


def open_echo(world):
    a.click_row(a.wait_find(world.app, "list", "Conversations"), 0)
    people.wait_message(world, "See you at the station at eight")


def fits(world, width):
    send = a.find(world.app, "push button", "Send")
    box = a.extents(send) if send else None
    return box and 0 <= box.x and box.x + box.width <= width + 20
