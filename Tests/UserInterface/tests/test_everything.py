"""Two windows and two command lines on one network, while programs and nodes die; and what all of it left on disk."""
import base64
import itertools
import pathlib

from . import accessibility as a
from . import people, window

TEXTS = ("Hello, this is Thomasius", "Good to read you", "Are you at home, Paulina", "I am, come over",
         "Written the moment before the end", "Three nodes are gone and this arrives", "And so does the answer")


def test_four_people_talk_while_a_program_and_nodes_die_and_nothing_can_be_read_on_disk(world):
    world.start_network("--control", "0")
    tom, ken = world.person("Thomasius"), world.person("Kenneth")
    world.start_app("--debug")
    maria = people.create_account(world, "Marianna")
    other = second_window(world)
    paula = people.create_account(other, "Paulina")

    # A request, accepted and answered: from a command line, then from window to window.
    tom.send(maria, TEXTS[0])
    accept(world, TEXTS[0])
    people.write(world, TEXTS[1])
    tom.receive_until(lambda event: TEXTS[1] in (event.get("text"), event.get("body")))
    people.open_conversation_with(world, paula)
    people.write(world, TEXTS[2])
    accept(other, TEXTS[2])
    people.write(other, TEXTS[3])
    people.wait_message(world, TEXTS[3])

    # Killed while the swarm already has the message and the answer is on its way.
    world.control("fault", kind="lostReply", method="store", account=maria)
    people.write(other, TEXTS[4])
    people.wait_message(world, TEXTS[4])
    assert "Sent" not in people.wait_message(other, TEXTS[4]).get_name()
    other.stop_app(kill=True)
    world.control("clear-faults")
    other.start_app("--debug")
    a.click_row(a.wait_find(other.app, "list", "Conversations"), 0)
    assert "Sent" in a.wait_for("the message to be sent", lambda: sent(other, TEXTS[4]), 60).get_name()
    assert len(people.messages(world, TEXTS[4])) == len(people.messages(other, TEXTS[4])) == 1
    other.picture("everything-after-the-kill")
    other.stop_app()

    # The window's entry nodes and two nodes of its swarm stop.
    for node in entries(world):
        world.control("stop-node", node=node)
    for node in list(world.control("messages", account=maria)["members"])[:2]:
        world.control("stop-node", node=int(node))
    ken.send(maria, TEXTS[5])
    accept(world, TEXTS[5], seconds=120)
    people.write(world, TEXTS[6])
    ken.receive_until(lambda event: TEXTS[6] in (event.get("text"), event.get("body")), seconds=120)
    world.picture("everything-after-the-nodes")
    world.stop_app()
    expect_no_trace(world, ("Marianna", "Paulina", "Thomasius", "Kenneth"), (maria, paula, tom.id, ken.id))


def second_window(world):
    other = window.World()
    world.beside.append(other)
    other.network, other.control_port = world.network, world.control_port
    other.start_app("--debug")
    return other


def accept(world, text, seconds=40):
    a.press(world.app, containing="message request", seconds=seconds)
    a.click_row(a.wait_find(world.app, "list", "Message Requests"), 0)
    people.wait_message(world, text)
    a.press(world.app, "Accept")
    a.wait_find(world.app, "text", "Message")


def sent(world, text):
    return next((row for row in people.messages(world, text) if "Sent" in row.name), None)


def entries(world):
    """The nodes that the only running program talks to."""
    world.control("clear-observations")

    def seen():
        return [node for node in range(len(world.control("status")["nodes"]))
                if any(one["role"] == "entry" for one in world.control("observations", node=node)["observations"])]
    return a.wait_for("a poll", seen)


def expect_no_trace(world, names, accounts):
    """Nothing that anybody wrote or is called stands in a file, however it may be encoded."""
    words = [word.encode() for word in (*TEXTS, *names)]
    words += [word.decode().encode("utf-16-le") for word in list(words)]
    for account in accounts:
        key = bytes.fromhex(account)
        words += [account.encode(), account.upper().encode(), key[1:], base64.b64encode(key).rstrip(b"=")[:40]]
    home = pathlib.Path(window.os.environ["HOME"])
    files = [path for folder in (world.folder, *(one.folder for one in world.beside), home)
             for path in folder.rglob("*") if path.is_file()]
    assert any(path.name == "shallot.db" for path in files) and any(path.name == "app.log" for path in files)
    found = [f"{word!r} in {path}" for path, word in itertools.product(files, words) if word in path.read_bytes()]
    assert not found, found
