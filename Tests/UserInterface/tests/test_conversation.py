"""A conversation from the first start on, through real onion requests."""
from . import accessibility as a
from . import desk, pages, people


def test_a_new_user_writes_to_echo_and_everything_survives_a_crash(world):
    world.start_network()
    world.start_app()
    a.wait_find(world.app, "push button", "Restore Account")
    world.picture("welcome")
    people.create_account(world, "Maria")
    world.picture("empty-list")
    people.open_conversation_with(world, world.echo)
    people.write(world, "Is anybody there?")
    people.wait_message(world, "You said: Is anybody there?")
    sent = people.wait_message(world, "Sent")
    assert "Is anybody there?" in sent.get_name(), sent.get_name()
    world.picture("conversation")
    world.stop_app(kill=True)
    world.start_app()
    a.click_row(a.wait_find(world.app, "list", "Conversations"), 0)
    people.wait_message(world, "You said: Is anybody there?")


def test_a_stranger_asks_is_accepted_and_gets_an_answer(world):
    world.start_network()
    tom = world.person("Tom")
    world.start_app()
    mine = people.create_account(world, "Maria")
    tom.send(mine, "Hello, this is Tom")
    a.press(world.app, containing="message request", seconds=30)
    a.click_row(a.wait_find(world.app, "list", "Message Requests"), 0)
    people.wait_message(world, "Hello, this is Tom")
    world.picture("request")
    a.press(world.app, "Accept")
    people.write(world, "Hello Tom")
    heard = tom.receive_until(lambda event: event.get("text") == "Hello Tom" or event.get("body") == "Hello Tom")
    assert heard


def test_without_a_network_a_message_waits_and_goes_out_later(world):
    world.start_network("--control", "0", "--state", str(world.folder / "net"))
    world.start_app()
    people.create_account(world, "Maria")
    people.open_conversation_with(world, world.echo)
    people.write(world, "First")
    people.wait_message(world, "You said: First")
    world.stop_network()
    people.write(world, "Written while offline")
    waiting = people.wait_message(world, "Written while offline")
    assert "Sent" not in waiting.get_name(), waiting.get_name()
    world.picture("waiting")
    world.start_network("--control", "0", "--state", str(world.folder / "net"))
    people.wait_message(world, "You said: Written while offline", seconds=90)
    assert len(people.messages(world, "You said: Written while offline")) == 1


def test_a_long_message_unfolds_where_one_reads_it_and_folds_again(world):
    world.start_network()
    world.start_app()
    people.create_account(world, "Maria")
    people.open_conversation_with(world, world.echo)
    people.write(world, "\n".join(f"Line {number}" for number in range(1, 101)))
    row = people.wait_message(world, "You said: Line 1")
    assert "Line 24" in row.get_name() and "Line 26" not in row.get_name(), row.get_name()
    a.wait_for("two folded messages", lambda: len(a.find_all(world.app, "push button", "Read More")) == 2)
    desk.focus()
    # The row takes its place in the frame after it came.
    a.wait_for("the row to stand still", lambda: top(row) == top(row) and a.extents(row).height > 200)
    before = top(row)
    field = a.wait_find(world.app, "text", "Message")
    frame = a.find(world.app, "frame", "Shallot")
    # What a screen reader is told of many lines takes no room.
    below = a.extents(frame).height - top(field) - a.extents(field).height
    assert below < 24, below
    world.picture("message-folded")
    a.press(row, "Read More")
    a.wait_for("the last line", lambda: "Line 100" in row.get_name() and a.extents(row).height > 1000)
    assert abs(top(row) - before) < 3, (before, top(row))
    world.picture("message-unfolded")
    a.press(row, "Show Less")
    a.wait_for("the row to be small again", lambda: "Line 100" not in row.get_name() and a.extents(row).height < 1000)
    assert top(row) >= 0, top(row)
    pages.focus_last_message(world)
    desk.key("Menu")
    a.click(a.wait_find(world.app, "menu item", "Read More"))
    a.wait_for("the last line again", lambda: "Line 100" in row.get_name())


def top(node):
    return a.extents(node).y
