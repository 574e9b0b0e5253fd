"""How late sound comes: through a call that goes on, and at its beginning."""
import array
import os
import statistics
import subprocess
import sys
import threading
import time

from tests import page as browser
from tests.machine import SoundServer
from tests.recordings import correlation, envelope, speech, strength
from tests.world import eventually
from window.rows import at_most, multiple

from .host import Host

RATE, STEP = 48_000, 240  # samples a second, and in 5 ms


class Sounds(SoundServer):
    """A sound server with a mouth, two ears, and a microphone in front of the mouth."""

    def __enter__(self):
        super().__enter__()
        for name in ("mouth", "first_speaker", "second_speaker"):
            self.tell("load-module", "module-null-sink", f"sink_name={name}", "rate=48000", "channels=1")
        self.tell("load-module", "module-remap-source", "source_name=voice", "master=mouth.monitor")
        return self


class Listener:
    """What a speaker plays, with the time at which it did."""

    def __init__(self, server, sink):
        self.pieces, self.samples = [], array.array("h")
        self.process = subprocess.Popen(
            ["parec", "--server", server.address, f"--device={sink}.monitor", "--format=s16le", "--rate=48000", "--channels=1",
             "--latency-msec=10"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        while data := self.process.stdout.read1(4096):
            self.samples.frombytes(data[:len(data) & ~1])
            self.pieces.append((time.time(), len(self.samples)))

    def begin(self):
        """When the first sample was played: the piece that came with the least delay tells."""
        return min(moment - count / RATE for moment, count in list(self.pieces))

    def stop(self):
        self.process.terminate()
        self.process.wait()


def mouth_to_ear(world):
    """How much later speech comes out of the other side's speaker than if a wire led there from the microphone."""
    said = world.folder / "said.wav"
    speech(said, 14)
    with Sounds(world.folder / "sounds") as server, Host("mouth to ear"):
        # A speaker to which nobody listens works in pieces of up to two seconds.
        mouth, ear = Listener(server, "mouth"), Listener(server, "first_speaker")
        eventually("both are heard", lambda: len(mouth.pieces) > 20 and len(ear.pieces) > 20)
        wire = subprocess.Popen(
            ["gst-launch-1.0", "-q", "pulsesrc", "device=voice", *DEVICE, "!", "audio/x-raw,rate=48000,channels=1", "!",
             "pulsesink", "device=first_speaker", *DEVICE],
            env={**os.environ, "PULSE_SERVER": server.address})
        time.sleep(3)
        alone = spoken(server, said, mouth, ear)
        wire.terminate()
        wire.wait()
        options = {"PULSE_SERVER": server.address}
        ringing = start(world.ben, options, "answer", "--once", "--speaker", "first_speaker")
        calling = start(world.anna, options, "call", world.ben.id, "--audio", "microphone=voice", "--duration", "40")
        eventually("the connection", lambda: calling.events(phase="connected"))
        time.sleep(8)  # the jitter buffer finds its length
        called = spoken(server, said, mouth, ear)
        for one in (mouth, ear, calling, ringing):
            one.stop()
        print(f"# mouth to ear: {called:.0f} ms, of which the devices take {alone:.0f} ms", file=sys.stderr, flush=True)
        at_most("call, mouth to ear beyond the devices", called - alone, 150, "ms")


# As a call opens them.
DEVICE = ["buffer-time=40000", "latency-time=10000"]


def spoken(server, said, mouth, ear):
    """Says something into the microphone; gives the milliseconds until the speaker says it."""
    begun = [len(one.samples) // STEP for one in (mouth, ear)]
    subprocess.run(["paplay", "--server", server.address, "--device=mouth", str(said)], check=True)
    time.sleep(1)
    return statistics.median(lags(mouth, ear, *begun))


def lags(mouth, ear, mouth_begun, ear_begun):
    """Milliseconds by which the ear is late, for each piece of two seconds in which the mouth speaks."""
    said = envelope(mouth.samples[mouth_begun * STEP:], STEP)
    heard = envelope(ear.samples[ear_begun * STEP:], STEP)
    apart = (ear.begin() - mouth.begin()) * 200 + ear_begun - mouth_begun  # in steps
    found = []
    for start in range(0, len(said) - 400, 400):
        piece = said[start:start + 400]
        if max(piece) < 500:
            continue
        best = max(
            ((correlation(piece, heard[place:place + 400]), lag) for lag in range(0, 140)
             if 0 <= (place := round(start + lag - apart)) <= len(heard) - 400), default=(0, 0))
        if best[0] > 0.5:
            found.append(best[1] * 5)
    assert len(found) >= 3, f"speech was not recognised: {found}"
    return found


def start(person, environment, *words):
    """As `person.start`, with more in the environment."""
    before = {key: os.environ.get(key) for key in environment}
    os.environ.update(environment)
    try:
        return person.start(*words)
    finally:
        for key, value in before.items():
            os.environ.pop(key) if value is None else os.environ.update({key: value})


def first_sound(world, times=5):
    """From Answer to sound at both ends, against two pages whose signals take as long as ours took."""
    ours, waits, theirs = [], [], []
    with Sounds(world.folder / "first") as server, Host("answer to first sound"):
        for _ in range(times):
            heard, wait = ours_once(world, server)
            ours.append(heard)
            waits.append(wait)
        if browser.is_installed():
            theirs = chromium(statistics.median(waits), times)
    print(f"# answer to sound: ours {ours} ms, signal {waits} ms, Chromium {theirs} ms", file=sys.stderr, flush=True)
    if theirs:
        multiple("call, answer to sound both ways", statistics.median(ours), statistics.median(theirs), 1.2)


def ours_once(world, server):
    options = {"PULSE_SERVER": server.address}
    ears = {"first_speaker": 440, "second_speaker": 1000}
    listeners = {name: Listener(server, name) for name in ears}
    ringing = start(world.ben, options, "answer", "--once", "--audio", "1000", "--speaker", "first_speaker")
    calling = start(world.anna, options, "call", world.ben.id, "--audio", "440", "--speaker", "second_speaker", "--duration", "5")
    assert calling.wait(90) == 0, calling.errors
    ringing.wait(30)
    for listener in listeners.values():
        listener.stop()
    accepted = ringing.events(phase="connecting")[0]["time"]
    answered = calling.events(phase="connecting")[0]["time"]
    heard = max(onset(listeners[name], tone) for name, tone in ears.items())
    return round(heard * 1000 - accepted), answered - accepted


def onset(listener, tone):
    """When a tone is first heard."""
    values = listener.samples
    for start in range(0, len(values) - 480, 480):
        piece = values[start:start + 480]
        if max(piece) > 1000 and strength(piece, tone) > 0.1:
            return listener.begin() + start / RATE
    raise AssertionError(f"{tone} Hz was never heard")


def chromium(wait, times):
    """Two pages whose answers and candidates take `wait` milliseconds."""
    one, other = browser.Page(), browser.Page()
    found = []
    try:
        for _ in range(times):
            one.ask("begin", tone=440)
            other.ask("begin", tone=1000)
            offer = one.ask("offer")["sdp"]
            time.sleep(3)  # while it rings the caller finds its ways
            known = fresh(one)
            accepted = other.ask("look")["time"]
            answer = other.ask("answer", sdp=offer)["sdp"]
            other.ask("add", list=known)
            time.sleep(wait / 1000)
            one.ask("accept", sdp=answer)
            one.ask("add", list=fresh(other))
            moments = [eventually("sound", lambda page=page: page.ask("look").get("heardAt")) for page in (one, other)]
            found.append(round(max(moments) - accepted))
            for page in (one, other):
                page.ask("end")
    finally:
        one.stop()
        other.stop()
    return found


def fresh(page):
    return [{key: one[key] for key in ("candidate", "sdpMid", "sdpMLineIndex")} for one in page.ask("candidates")["candidates"]]
