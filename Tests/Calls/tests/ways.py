"""Calls between machines of their own, over a wire that sees everything. Each function that begins with test_ is one test."""
import contextlib
import json
import time

from .calls import answered_call, phases
from .recordings import assert_heard, likeness, samples, speech
from .world import eventually


def begun_call(world, *options, answering=()):
    """A call from Anna to Ben that is connected."""
    world.wire.calm()
    anna, ben = world.anna, world.ben
    ringing = ben.start("answer", "--once", "--audio", "1000", "--record-audio", ben.file("sound.wav"), *answering)
    calling = anna.start("call", ben.id, "--audio", "440", "--record-audio", anna.file("sound.wav"), *options)
    for process in (calling, ringing):
        eventually("the connection", lambda: process.events(phase="connected"))
    return calling, ringing


def test_relay_only_sends_nothing_to_the_other_side(world):
    if not world.relay:
        print("      (no coturn: left out)")
        return
    world.wire.calm()
    answered_call(world, "--relay-only", answering=("--relay-only",))
    assert world.wire.between("anna", "ben") == 0, world.wire.flows
    for name in ("anna", "ben"):
        assert world.wire.between(name, "relay") > 300, world.wire.flows
    assert_heard(samples(world.ben.file("sound.wav")), 440)


def test_the_wire_sees_what_goes_directly(world):
    """What the test before relies on."""
    world.wire.calm()
    answered_call(world)
    assert world.wire.between("anna", "ben") > 300, world.wire.flows


@contextlib.contextmanager
def other_network(world, old, new):
    """The network says something else of its relays."""
    text = json.dumps(json.loads(world.network.read_text()))
    assert old in text, text
    other = world.folder / "other.json"
    other.write_text(text.replace(old, new))
    right, world.network = world.network, other
    try:
        yield
    finally:
        world.network = right


def test_a_relay_over_tcp_bears_a_call_where_nothing_else_passes(world):
    if not world.relay:
        print("      (no coturn: left out)")
        return
    world.wire.calm()
    world.wire.is_cut = True
    with other_network(world, world.relay, f"{world.relay}?transport=tcp"):
        calling, ringing = answered_call(world, "--relay-only", answering=("--relay-only",))
    world.wire.calm()
    for process in (calling, ringing):
        assert process.events(event="stats")[-1]["path"]["local"] == "relay", process.events(event="stats")[-1]
    for person, other in ((world.anna, 1000), (world.ben, 440)):
        assert_heard(samples(person.file("sound.wav")), other)


def refused(world, old, new):
    """A call through a relay only, with something wrong in what the network says of its relays; gives the reason of its end."""
    world.wire.calm()
    with other_network(world, old, new):
        calling = world.anna.start("call", world.ben.id, "--relay-only", "--audio", "440")
        assert calling.wait(40) == 2
    # What was announced and taken back is Ben's missed call, and not the next test's.
    world.ben.run("receive", "--timeout", "5")
    assert world.wire.between("anna", "ben") == 0
    return calling.events(phase="ended")[0]["reason"]


def test_a_relay_that_refuses_is_named(world):
    if not world.relay:
        print("      (no coturn: left out)")
        return
    reason = refused(world, '"credential": "p"', '"credential": "wrong"')
    assert "they answer, but refuse" in reason, reason


def test_a_relay_that_is_not_there_is_named(world):
    if not world.relay:
        print("      (no coturn: left out)")
        return
    reason = refused(world, world.relay, "turn:10.77.0.4:9")
    assert "none answers" in reason, reason


def test_speech_gets_through_loss_and_jitter(world):
    """A fifth of all packets is lost, and the others come up to 100 ms apart from their time. Neither the pauses of a voice
    nor what is sent twice against loss shows in the size of a packet."""
    said = world.folder / "speech.wav"
    original = speech(said, 40)
    calling, ringing = begun_call(world, "--audio", said, "--duration", "14")
    world.wire.loss, world.wire.delay = 0.2, (0.02, 0.12)
    calling.wait(), ringing.wait(90)
    world.wire.calm()
    alike = likeness(original, samples(world.ben.file("sound.wav"), 8))
    assert alike > 0.8, f"likeness of the speech that arrived: {alike:.2f}"
    last = calling.events(event="stats")[-1]
    assert last["lost"] > 0.1, f"of a fifth that was lost the caller heard {last['lost']}"
    smallest, largest = last["soundPacketSizes"]
    assert smallest == largest, f"packets of speech differ in size: {smallest} to {largest}"
    print(f"      (likeness {alike:.2f}, lost {last['lost']:.2f})")


def test_ten_seconds_without_a_way(world):
    calling, ringing = begun_call(world, "--duration", "26")
    world.wire.is_cut = True
    for process in (calling, ringing):
        eventually("it is noticed", lambda: phases(process)[-1] == "reconnecting", 15)
    time.sleep(4)  # noticed after six, ten in all
    world.wire.is_cut = False
    for process in (calling, ringing):
        eventually("the connection again", lambda: phases(process)[-1] == "connected", 25)
    assert calling.wait() == 0 and ringing.wait() == 0
    assert_heard(samples(world.ben.file("sound.wav"), 5), 440)


def packets(process):
    told = process.events(event="stats")
    return told[-1]["receivedPackets"] if told else 0


def move_and_go_on(world, who, *processes):
    """A machine gets another address; sound flows again both ways."""
    before = [packets(process) for process in processes]
    world.wire.move(who)
    for process, count in zip(processes, before):
        # More than were still under way.
        eventually(f"packets after {who} has moved", lambda: packets(process) > count + 300)


def end_and_hear(world, calling, ringing):
    time.sleep(3)  # of sound to judge
    calling.process.terminate()
    assert calling.wait() == 0 and ringing.wait() == 0
    for process in (calling, ringing):
        assert process.events(phase="reconnecting"), phases(process)
    for person, tone in ((world.anna, 1000), (world.ben, 440)):
        assert_heard(samples(person.file("sound.wav"), 4), tone)


def test_another_address_within_a_call(world):
    """First the caller's machine moves, then the one that was called."""
    calling, ringing = begun_call(world)
    move_and_go_on(world, "anna", calling, ringing)
    move_and_go_on(world, "ben", calling, ringing)
    end_and_hear(world, calling, ringing)


def test_another_address_within_a_call_through_a_relay(world):
    if not world.relay:
        print("      (no coturn: left out)")
        return
    calling, ringing = begun_call(world, "--relay-only", answering=("--relay-only",))
    move_and_go_on(world, "anna", calling, ringing)
    end_and_hear(world, calling, ringing)
    assert world.wire.between("anna", "ben") == 0, world.wire.flows


def test_the_end_arrives_by_either_way(world):
    # The message is lost: the channel says it.
    calling, ringing = begun_call(world, "--duration", "2")
    for doors in world.doors:
        doors.is_shut = True
    eventually("the end", lambda: ringing.events(phase="ended"), 10)
    for doors in world.doors:
        doors.is_shut = False
    calling.wait(), ringing.wait()
    assert ringing.events(phase="ended")[0]["reason"] == "hung up there"
    # The channel is cut: the message says it.
    calling, ringing = begun_call(world, "--duration", "3")
    world.wire.is_cut = True
    assert calling.wait() == 0 and ringing.wait() == 0
    assert ringing.events(phase="ended")[0]["reason"] == "hung up there"
    world.wire.calm()
