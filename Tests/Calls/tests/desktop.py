"""Calls with Chromium, which is what Session Desktop is made of. Each function that begins with test_ is one test."""
import contextlib
import functools
import os
import signal
import threading
import time
import uuid

from . import page as browser
from .recordings import assert_heard, brightness, samples
from .world import eventually

# Desktop sends candidates when nothing new was found for so many seconds.
SETTLED = 2


def needs_chromium(test):
    @functools.wraps(test)
    def wrapped(world):
        if not browser.is_installed():
            print("      (no chromium: left out)")
            return
        world.acquaint_page()
        test(world)
    return wrapped


class Call:
    """One call between the page and Ben, with its signals carried both ways as Desktop would."""

    def __init__(self, world, number=None):
        self.world, self.page, self.bridge = world, world.page, world.bridge
        self.uuid = number or str(uuid.uuid4())
        self.seen, self.told, self.over = 0, [], threading.Event()

    def send(self, kind, **fields):
        before = len(self.bridge.events(event="sent", uuid=self.uuid))
        self.bridge.write(to=self.world.ben.id, kind=kind, uuid=self.uuid, **fields)
        eventually(f"{kind} stored", lambda: len(self.bridge.events(event="sent", uuid=self.uuid)) > before)

    def signals(self, kind):
        return self.bridge.events(event="signal", uuid=self.uuid, kind=kind)

    def carry(self):
        """Passes candidates on until the call is over."""
        self.thread = threading.Thread(target=self._carry, daemon=True)
        self.thread.start()

    def _carry(self):
        last, since = [], time.monotonic()
        while not self.over.wait(0.1):
            batches = self.signals("candidates")
            for batch in batches[self.seen:]:
                self.page.ask("add", list=batch["candidates"])
            self.seen = len(batches)
            found = self.page.ask("candidates")["candidates"]
            if found != last:
                last, since = found, time.monotonic()
            if found != self.told and time.monotonic() - since > SETTLED:
                self.told = found
                self.send("candidates", candidates=[
                    {key: one[key] for key in ("candidate", "sdpMid", "sdpMLineIndex")} for one in found])

    def place(self, **options):
        """The page calls."""
        self.page.ask("begin", **options)
        self.send("preOffer")
        self.send("offer", sdp=self.page.ask("offer")["sdp"])
        self.carry()
        self.page.ask("accept", sdp=eventually("the answer", lambda: self.signals("answer"))[0]["sdp"])

    def restart(self):
        """The page looks for a new way, as the caller."""
        before = len(self.signals("answer"))
        self.send("offer", sdp=self.page.ask("offer", restart=True)["sdp"])
        answer = eventually("the second answer", lambda: self.signals("answer")[before:])[0]
        self.page.ask("accept", sdp=answer["sdp"])
        return answer

    def end(self):
        self.over.set()
        self.thread.join(10)
        self.page.ask("end")


def looked(call, what, condition, limit=30):
    """Looks at the page until the condition holds for what it shows."""
    found = {}

    def once():
        found.update(call.page.ask("look"))
        return condition(found)
    try:
        eventually(what, once, limit)
    except AssertionError as error:
        raise AssertionError(f"{error}; the page shows {found}") from None
    return found


def shows_us(call, tone):
    """The page hears our tone and sees our numbered frames, which come in order."""
    looked(call, f"the page hears {tone} Hz", lambda found: found["tones"].get(str(tone), 0) > 0.15)
    found = []

    def numbers():
        value = call.page.ask("look").get("number")
        if value is not None:
            found.append(value)
        return len(set(found)) >= 8
    eventually("the page sees our frames", numbers, 30)
    assert found == sorted(found), found


def line(text, name):
    """The first line of a description that begins so."""
    return next(part for part in text.splitlines() if part.startswith(name))


@contextlib.contextmanager
def asleep(page):
    """The page's machine does nothing for a while."""
    os.killpg(page.browser.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.killpg(page.browser.pid, signal.SIGCONT)


def answering(world, *options):
    ben = world.ben
    return ben.start("answer", "--once", "--video", "test", "--audio", "1000", "--record-audio", ben.file("page.wav"),
                     "--record-video", ben.file("page.mkv"), *options)


@needs_chromium
def test_chromium_calls(world):
    call, ben = Call(world), answering(world)
    call.place(tone=880)
    looked(call, "the page is connected", lambda found: found["channel"] == "open")
    shows_us(call, 1000)
    assert '{"video":true}' in [text.replace(" ", "") for text in call.page.ask("look")["texts"]]
    assert not any(line["hasPicture"] for line in ben.events(event="call"))
    call.page.ask("video", on=True)
    eventually("we are told of the picture", lambda: ben.events(event="call")[-1]["hasPicture"])
    time.sleep(2)  # of moving picture for the recording
    call.page.ask("video", on=False)
    eventually("we are told of its end", lambda: not ben.events(event="call")[-1]["hasPicture"])
    # A new generation, with the same keys.
    first = call.signals("answer")[0]["sdp"]
    second = call.restart()["sdp"]
    assert line(first, "a=fingerprint") == line(second, "a=fingerprint")
    assert line(first, "a=setup") == line(second, "a=setup") == "a=setup:active"
    looked(call, "the page is connected again", lambda found: found["states"][-1] in ("connected", "completed"))
    packets = call.page.ask("look")["packets"]
    looked(call, "sound goes on", lambda found: found["packets"] > packets + 100)
    call.page.ask("say", text='{"hangup":true}')
    assert ben.wait() == 0, ben.errors
    assert ben.events(phase="ended")[0]["reason"] == "hung up there"
    call.end()
    assert_heard(samples(world.ben.file("page.wav")), 880)
    values = brightness(world.ben.file("page.mkv"))
    assert min(values) < 10 and max(values) > 35, (min(values), max(values))


@needs_chromium
def test_chromium_answers(world):
    ben = world.ben
    ours = ben.start("call", world.contact, "--video", "test", "--audio", "440", "--record-audio", ben.file("page.wav"),
                     "--record-video", ben.file("page.mkv"))
    call = Call(world, eventually("our call", lambda: ours.events(event="call"))[0]["call"])
    order = eventually("our offer", lambda: call.signals("offer") and [
        one["kind"] for one in world.bridge.events(event="signal", uuid=call.uuid)])
    assert order[:2] == ["preOffer", "offer"], order
    call.page.ask("begin", tone=880)
    call.send("answer", sdp=call.page.ask("answer", sdp=call.signals("offer")[0]["sdp"])["sdp"])
    call.carry()
    looked(call, "the page is connected", lambda found: found["channel"] == "open")
    call.page.ask("video", on=True)
    shows_us(call, 440)
    eventually("we are told of the picture", lambda: ours.events(event="call")[-1]["hasPicture"])
    time.sleep(2)  # of moving picture for the recording
    call.send("end")
    assert ours.wait() == 0, ours.errors
    assert ours.events(phase="ended")[0]["reason"] == "hung up there"
    call.end()
    assert_heard(samples(ben.file("page.wav")), 880)
    assert max(brightness(ben.file("page.mkv"))) > 35


@needs_chromium
def test_chromium_follows_us_to_a_new_way(world):
    """Who called offers anew when nothing comes any more. The other side keeps its keys and goes on."""
    ours = world.ben.start("call", world.contact, "--audio", "440")
    call = Call(world, eventually("our call", lambda: ours.events(event="call"))[0]["call"])
    offers = eventually("our offer", lambda: call.signals("offer"))
    call.page.ask("begin", tone=880)
    first = call.page.ask("answer", sdp=offers[0]["sdp"])["sdp"]
    call.send("answer", sdp=first)
    call.carry()
    looked(call, "the page is connected", lambda found: found["channel"] == "open")
    looked(call, "the page hears us", lambda found: found["tones"].get("440", 0) > 0.15)
    with asleep(call.page):
        offer = eventually("our second offer", lambda: call.signals("offer")[1:], 30)[0]["sdp"]
    for name, is_kept in (("a=fingerprint", True), ("a=ice-ufrag", False), ("a=ice-pwd", False)):
        assert (line(offer, name) == line(offers[0]["sdp"], name)) == is_kept, name
    second = call.page.ask("answer", sdp=offer)["sdp"]
    assert line(second, "a=ice-ufrag") != line(first, "a=ice-ufrag")
    call.send("answer", sdp=second)
    packets, ours_before = call.page.ask("look")["packets"], ours.events(event="stats")[-1]["receivedPackets"]
    looked(call, "sound goes on there", lambda found: found["packets"] > packets + 500)
    eventually("and here", lambda: ours.events(event="stats")[-1]["receivedPackets"] > ours_before + 500)
    assert call.page.ask("look")["states"][-1] in ("connected", "completed")
    phases = [one["phase"] for one in ours.events(event="call")]
    assert "reconnecting" in phases and phases[-1] == "connected", phases
    call.send("end")
    assert ours.wait() == 0, ours.errors
    call.end()


@needs_chromium
def test_chromium_learns_no_address(world):
    """Relay-only: nothing but relay candidates is told, without our address, and our end reaches the page both ways."""
    if not world.relay:
        print("      (no coturn: left out)")
        return
    call, ben = Call(world), answering(world, "--relay-only", "--duration", "4")
    relays = [{"urls": world.relay, "username": "u", "credential": "p"}]
    call.place(tone=880, relays=relays)
    shows_us(call, 1000)
    told = [one["candidate"] for batch in call.signals("candidates") for one in batch["candidates"]]
    assert told and all(" typ relay " in one and "raddr 0.0.0.0 rport 0" in one for one in told), told
    assert "a=candidate" not in call.signals("answer")[0]["sdp"]
    assert ben.wait() == 0, ben.errors
    eventually("the message of the end", lambda: call.signals("end"))
    assert '{"hangup":true}' in [text.replace(" ", "") for text in call.page.ask("look")["texts"]]
    call.end()


@needs_chromium
def test_nonsense_from_the_other_side_does_no_harm(world):
    call, ben = Call(world), answering(world)
    call.page.ask("begin", tone=880)
    call.send("preOffer")
    call.send("offer", sdp="v=0" + "x" * 70_000)  # too long: as if it had not come
    offer = call.page.ask("offer")["sdp"]
    call.send("offer", sdp=offer)
    call.send("candidates", candidates=[
        {"candidate": text, "sdpMid": mid, "sdpMLineIndex": index}
        for number in range(70) for text, mid, index in (
            (f"candidate:{number} 1 udp 1 {uuid.uuid4()}.local {1000 + number} typ host ufrag old", "0", 0),
            ("candidate:1 1 tcp 1 10.0.0.1 9 typ host tcptype active", "0", 0), ("nonsense", "", 4_000_000_000),
            (f"candidate:{number} 1 udp 1 10.255.255.1 {number} typ host", "nobody", 99))])
    call.carry()
    call.page.ask("accept", sdp=eventually("the answer", lambda: call.signals("answer"))[0]["sdp"])
    looked(call, "the page is connected", lambda found: found["channel"] == "open")
    for text in ("", "{", "[]", "null", '{"video":"?"}', '{"hangup":', '"hangup"', "\u0000", "x" * 5_000, '{"video":1e999}'):
        call.page.ask("say", text=text)
    shows_us(call, 1000)
    call.send("end")
    assert ben.wait() == 0, ben.errors
    # What is over stays over.
    call.send("offer", sdp=offer)
    again = answering(world)
    time.sleep(4)  # in which it would ring
    assert not again.events(event="call"), again.events(event="call")
    again.stop()
    call.end()


@needs_chromium
def test_an_old_offer_is_a_missed_call(world):
    call = Call(world)
    call.page.ask("begin", tone=880)
    call.send("preOffer", age=61)
    call.send("offer", sdp=call.page.ask("offer")["sdp"], age=61)
    late = answering(world)
    time.sleep(4)  # in which it would ring
    assert not any(line["phase"] == "ringing" for line in late.events(event="call")), late.events(event="call")
    late.stop()
    call.page.ask("end")
    # It stands where it was sent: before what came since.
    assert "callMissed" in [row["kind"] for row in world.ben.run("messages", world.contact)]


def prefers(call, name):
    """Begins with a codec of the page's choice, or says that it has none."""
    if call.page.ask("begin", tone=880, prefer=name)["prefers"]:
        return True
    print(f"      (chromium has no {name}: left out)")
    return False


H264 = "h264parse ! openh264dec"


@needs_chromium
def test_chromium_calls_with_h264(world):
    """The first codec of an offer that we have is used, both ways."""
    call = Call(world)
    if not prefers(call, "H264"):
        return
    ben = answering(world)
    call.send("preOffer")
    call.send("offer", sdp=call.page.ask("offer")["sdp"])
    call.carry()
    answer = eventually("the answer", lambda: call.signals("answer"))[0]["sdp"]
    assert "VP8" not in answer and "H264/90000" in answer, answer
    call.page.ask("accept", sdp=answer)
    looked(call, "the page is connected", lambda found: found["channel"] == "open")
    shows_us(call, 1000)
    call.page.ask("video", on=True)
    found = looked(call, "pictures go both ways", lambda found: found.get("received") and found.get("sent"))
    assert (found["received"], found["sent"]) == ("video/H264", "video/H264"), found
    eventually("we are told of the picture", lambda: ben.events(event="call")[-1]["hasPicture"])
    time.sleep(2)  # of moving picture for the recording
    call.send("end")
    assert ben.wait() == 0, ben.errors
    call.end()
    assert max(brightness(world.ben.file("page.mkv"), H264)) > 35


@needs_chromium
def test_chromium_answers_preferring_h264(world):
    """We offer it second. Whatever an answer puts first, Chromium sends what stands first in our offer, so we do too."""
    call = Call(world)
    if not prefers(call, "H264"):
        return
    ben = world.ben
    ours = ben.start("call", world.contact, "--video", "test", "--audio", "440", "--record-video", ben.file("page.mkv"))
    call = Call(world, eventually("our call", lambda: ours.events(event="call"))[0]["call"])
    offer = eventually("our offer", lambda: call.signals("offer"))[0]["sdp"]
    if "H264" not in offer:
        print("      (no encoder for H264: left out)")
        ours.stop()
        return
    call.page.ask("begin", tone=880, prefer="H264")
    call.send("answer", sdp=call.page.ask("answer", sdp=offer)["sdp"])
    call.carry()
    looked(call, "the page is connected", lambda found: found["channel"] == "open")
    call.page.ask("video", on=True)
    shows_us(call, 440)
    found = looked(call, "pictures go both ways", lambda found: found.get("received") and found.get("sent"))
    assert found["received"] == found["sent"] == "video/VP8", found
    time.sleep(2)  # of moving picture for the recording
    call.send("end")
    assert ours.wait() == 0, ours.errors
    call.end()
    assert max(brightness(ben.file("page.mkv"))) > 35


@needs_chromium
def test_chromium_learns_what_the_way_bears(world):
    """We report on its packets, so it sends as much as its picture wants."""
    call, ben = Call(world), answering(world)
    call.place(tone=880)
    assert "transport-cc" in call.signals("answer")[0]["sdp"]
    looked(call, "the page is connected", lambda found: found["channel"] == "open")
    call.page.ask("video", on=True, width=1280, height=720)
    # It begins with 300,000, and falls to 70,000 without reports.
    looked(call, "the page knows of more", lambda found: (found.get("available") or 0) > 1_200_000, 60)
    call.send("end")
    assert ben.wait() == 0, ben.errors
    call.end()
