"""Each function that begins with test_ is one test."""
from .recordings import is_heard, loudness, numbers, samples
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
    """Frames of the other side arrive in order. A busy machine may leave some out before they are sent."""
    found = [value for value in numbers(person.file("picture.mkv")) if value is not None]
    assert len(found) > 30, f"{len(found)} numbered frames"
    assert found == sorted(found), "frames out of order"
    spread = found[-1] - found[0] + 1
    assert len(set(found)) > 0.5 * spread, f"{len(set(found))} of {spread} frames"


def phases(process):
    return [line["phase"] for line in process.events(event="call")]


def test_sound_and_picture_arrive(world):
    calling, ringing = answered_call(world)
    for person, own, other in ((world.anna, 440, 1000), (world.ben, 1000, 440)):
        heard = samples(person.file("sound.wav"), 2)
        assert is_heard(heard, other) and not is_heard(heard, own)
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
    assert is_heard(samples(world.anna.file("sound.wav"), 2), 1000)
    sizes = calling.events(event="stats")[-1]["soundPacketSizes"]
    assert sizes[0] == sizes[1], f"packets of sound differ in size: {sizes}"


def test_without_camera_and_microphone(world):
    calling, ringing = answered_call(world, "--video", "off", "--audio", "silence")
    assert not any(line["hasPicture"] for line in ringing.events(event="call"))
    assert any(line["hasPicture"] for line in calling.events(event="call"))
    assert is_heard(samples(world.anna.file("sound.wav"), 2), 1000)


def test_decline(world):
    declining = world.ben.start("answer", "--once", "--decline")
    calling = world.anna.start("call", world.ben.id, "--audio", "tone")
    assert calling.wait() == 2
    assert calling.events(phase="ended")[0]["reason"] == "declined there"
    assert declining.wait() == 0
    assert world.ben.run("messages", world.anna.id)[-1]["kind"] == "callMissed"


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
        assert is_heard(samples(person.file("sound.wav"), 2), other)
        numbered(person)


def test_echo_sends_back_what_it_hears_and_sees(world):
    anna = world.anna
    anna.run("send", world.echo, "hello", "--wait")
    eventually("Echo's answer", lambda: any(line.get("event") == "message" for line in anna.run("receive", "--timeout", "5")))
    calling = anna.start("call", world.echo, "--video", "test", "--audio", "880", "--record-audio", anna.file("sound.wav"),
                         "--record-video", anna.file("picture.mkv"), "--duration", "6")
    assert calling.wait() == 0, calling.errors
    assert is_heard(samples(anna.file("sound.wav"), 3), 880)
    assert len([value for value in numbers(anna.file("picture.mkv")) if value is not None]) > 30
