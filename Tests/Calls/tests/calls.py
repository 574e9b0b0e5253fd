"""Each function that begins with test_ is one test."""
import os

from .machine import Screen, SoundServer
from .recordings import assert_heard, assert_not_heard, frames, loudness, numbers, samples
from .world import eventually


def answered_call(world, *options, answering=(), seconds="5"):
    """A call from Anna to Ben; gives both programs when it is over."""
    anna, ben = world.anna, world.ben
    ringing = ben.start("answer", "--once", "--video", "test", "--audio", "1000", "--record-audio", ben.file("sound.wav"),
                        "--record-video", ben.file("picture.mkv"), *answering)
    calling = anna.start("call", ben.id, "--video", "test", "--audio", "tone", "--record-audio", anna.file("sound.wav"),
                         "--record-video", anna.file("picture.mkv"), "--duration", seconds, *options)
    assert calling.wait() == 0, calling.errors
    assert ringing.wait() == 0, ringing.errors
    return calling, ringing


def numbered(person):
    """Frames of the other side arrive in order, and in one second at least most of them: a machine that stands still leaves
    some out before they are sent."""
    found = [value for value in numbers(person.file("picture.mkv")) if value is not None]
    assert len(found) > 30, f"{len(found)} numbered frames"
    assert found == sorted(found), "frames out of order"
    there = set(found)
    most = max(sum(number in there for number in range(first, first + 30)) for first in there)
    assert most > 24, f"{most} of 30 frames in the best second"


def phases(process):
    return [line["phase"] for line in process.events(event="call")]


def test_sound_and_picture_arrive(world):
    calling, ringing = answered_call(world)
    for person, own, other in ((world.anna, 440, 1000), (world.ben, 1000, 440)):
        heard = samples(person.file("sound.wav"))
        assert_heard(heard, other)
        assert_not_heard(heard, own)
        numbered(person)
    assert phases(calling)[0] == "calling" and phases(calling)[-1] == "ended"
    assert calling.events(phase="ended")[0]["reason"] == "hung up here"
    assert ringing.events(phase="ended")[0]["reason"] == "hung up there"
    sizes = [line["soundPacketSizes"] for line in calling.events(event="stats")]
    assert sizes[-1][0] == sizes[-1][1], f"packets of sound differ in size: {sizes[-1]}"
    for person, kind in ((world.anna, "callOutgoing"), (world.ben, "callIncoming")):
        other = world.ben if person is world.anna else world.anna
        row = person.run("messages", other.id)[-1]
        assert row["kind"] == kind and row["seconds"] >= 4, row


def test_mute_is_silence_of_the_same_size(world):
    calling, _ = answered_call(world, "--mute")
    assert loudness(samples(world.ben.file("sound.wav"), 1)) < 0.001
    assert_heard(samples(world.anna.file("sound.wav")), 1000)
    sizes = calling.events(event="stats")[-1]["soundPacketSizes"]
    assert sizes[0] == sizes[1], f"packets of sound differ in size: {sizes}"


def test_without_camera_and_microphone(world):
    calling, ringing = answered_call(world, "--video", "off", "--audio", "silence")
    assert not any(line["hasPicture"] for line in ringing.events(event="call"))
    assert any(line["hasPicture"] for line in calling.events(event="call"))
    assert_heard(samples(world.anna.file("sound.wav")), 1000)


def test_two_who_call_each_other_talk(world):
    """Of the two calls one goes on, without ringing: both wanted it. It leaves one row on each side."""
    people = ((world.anna, world.ben, 440, 1000), (world.ben, world.anna, 1000, 440))
    rows = [len(person.run("messages", other.id, "--limit", "10000")) for person, other, _, _ in people]
    calling = [person.start("call", other.id, "--audio", str(own), "--record-audio", person.file("sound.wav"),
                            "--duration", "8") for person, other, own, _ in people]
    for process in calling:
        assert process.wait(90) == 0, process.errors
    connected = [process.events(phase="connected")[-1]["call"] for process in calling]
    assert connected[0] == connected[1], connected
    assert not any("ringing" in phases(process) for process in calling)
    for (person, other, _, heard), before in zip(people, rows):
        assert_heard(samples(person.file("sound.wav")), heard)
        new = person.run("messages", other.id, "--limit", "10000")[before:]
        assert [row["kind"] for row in new] == ["callOutgoing"] and new[0]["seconds"] >= 5, new


def test_messages_that_arrive_during_a_call_are_printed(world):
    anna = world.anna
    anna.run("send", world.echo, "meanwhile", "--wait")
    calling = anna.start("call", world.ben.id, "--audio", "440")
    eventually("Echo's answer", lambda: [
        line for line in calling.events(event="message", outgoing=False) if "meanwhile" in line["body"]])
    calling.process.terminate()
    assert calling.wait() == 2
    # It rang at nobody: what is left of it is a missed call, and not the next test's.
    world.ben.run("receive", "--timeout", "5")


def test_decline(world):
    declining = world.ben.start("answer", "--once", "--decline")
    calling = world.anna.start("call", world.ben.id, "--audio", "tone")
    assert calling.wait() == 2
    assert calling.events(phase="ended")[0]["reason"] == "declined there"
    assert declining.wait() == 0
    assert world.ben.run("messages", world.anna.id)[-1]["kind"] == "callDeclined"
    assert world.anna.run("messages", world.ben.id)[-1]["kind"] == "callRefused"


def test_an_interrupted_program_hangs_up(world):
    answering = world.ben.start("answer")
    calling = world.anna.start("call", world.ben.id, "--audio", "tone")
    eventually("the connection", lambda: calling.events(phase="connected") and answering.events(phase="connected"))
    calling.process.terminate()
    assert calling.wait() == 0
    assert calling.events(phase="ended")[0]["reason"] == "hung up here"
    eventually("the end", lambda: answering.events(phase="ended"), 20)
    assert answering.events(phase="ended")[0]["reason"] == "hung up there"
    answering.process.terminate()
    assert answering.wait() == 0


def test_nobody_rings_while_calls_are_off(world):
    world.ben.run("calls", "off")
    try:
        calling = world.anna.start("call", world.ben.id, "--audio", "tone")
        eventually("the offer", lambda: calling.events(phase="offered"))
        world.ben.run("receive", "--timeout", "10")
        row = world.ben.run("messages", world.anna.id)[-1]
        assert row["kind"] == "callMissedOff", row
        calling.stop()
    finally:
        world.ben.run("calls", "direct")


def test_relay_only(world):
    if not world.relay:
        print("      (no coturn: left out)")
        return
    calling, ringing = answered_call(world, "--relay-only", answering=("--relay-only",))
    for process in (calling, ringing):
        paths = [line["path"] for line in process.events(event="stats") if line.get("path")]
        assert paths and all(path["local"] == "relay" for path in paths), paths
    for person, other in ((world.anna, 1000), (world.ben, 440)):
        assert_heard(samples(person.file("sound.wav")), other)
        numbered(person)


def test_echo_sends_back_what_it_hears_and_sees(world):
    anna = world.anna
    anna.run("send", world.echo, "hello", "--wait")
    eventually("Echo's answer", lambda: any(line.get("event") == "message" for line in anna.run("receive", "--timeout", "5")))
    calling = anna.start("call", world.echo, "--video", "test", "--audio", "880", "--record-audio", anna.file("sound.wav"),
                         "--record-video", anna.file("picture.mkv"), "--duration", "6")
    assert calling.wait() == 0, calling.errors
    assert_heard(samples(anna.file("sound.wav")), 880)
    assert len([value for value in numbers(anna.file("picture.mkv")) if value is not None]) > 30


def test_the_screen_is_shown(world):
    with Screen() as screen:
        answered_call(world, "--video", f"screen={screen.name}")
    reds = [frame for frame in frames(world.ben.file("picture.mkv"), "RGB", 32, 18, 3)]
    red, green, blue = (sum(reds[-1][colour::3]) / (32 * 18) for colour in range(3))
    assert red > 150 and green < 60 and blue < 60, (red, green, blue)


def test_a_microphone_that_goes_is_stood_in_for(world):
    with SoundServer(world.folder / "sound") as server:
        os.environ["PULSE_SERVER"] = server.address
        try:
            anna, ben = world.anna, world.ben
            ringing = ben.start("answer", "--once", "--audio", "1000")
            calling = anna.start("call", ben.id, "--audio", "microphone=other", "--duration", "12")
            eventually("the connection", lambda: calling.events(phase="connected"))
            server.tell("unload-module", server.other)
            eventually("the loss is told", lambda: "is gone" in (calling.events(event="call")[-1].get("trouble") or ""))
            server.load_other()
            eventually("it is used again", lambda: calling.events(event="call")[-1].get("trouble") is None, 10)
            assert calling.wait() == 0 and ringing.wait() == 0
        finally:
            del os.environ["PULSE_SERVER"]
