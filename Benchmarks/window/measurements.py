"""What is measured in the real window. The profile has 200 conversations and 100,000 messages; see LargeProfile.swift."""
import os
import pathlib
import shutil
import statistics
import subprocess
import time

from .machine import StolenTime
from .program import Program, Window
from .rows import at_most, multiple, percentile, row

here = pathlib.Path(__file__).resolve().parents[1]


class World:
    def __init__(self, arguments):
        self.folder = pathlib.Path(os.environ["SHALLOT_BENCH_WORLD"])
        self.binaries = pathlib.Path(os.environ["SHALLOT_BINARIES"])
        self.wanted = option(arguments, "--filter", "")
        self.idle = float(option(arguments, "--idle-seconds", "300"))
        nowhere = self.folder / "nowhere.json"
        nowhere.write_text('{"name": "Nowhere", "seeds": [{"url": "https://127.0.0.1:9", "certificateSHA256": "%s"}]}' % ("00" * 32))
        self.nowhere, self.copies = nowhere, 0
        self.stolen = StolenTime()
        self.network = Program([self.binaries / "Benchmarks", "--waiting-network", self.folder])
        self.bare = float(self.network.wait(r"ready ([\d.]+)", seconds=300)[1].group(1))
        self.profile = self.folder / "profile"

    def window(self, *options, reachable=False):
        """A window on a fresh copy of the profile."""
        self.copies += 1
        copy = self.folder / f"copy-{self.copies}"
        shutil.copytree(self.profile, copy)
        return self.window_on(copy, *options, reachable=reachable)

    def window_on(self, profile, *options, reachable=False):
        network = self.folder / "network.json" if reachable else self.nowhere
        return Window([self.binaries / "shallot", "--data", profile, "--network", network, "--debug", *options])


def option(arguments, name, fallback):
    return arguments[arguments.index(name) + 1] if name in arguments else fallback


def run(arguments):
    world = World(arguments)
    try:
        for name, measure in MEASUREMENTS.items():
            if world.wanted in name:
                measure(world)
    finally:
        world.network.end()


# Start-up.

def start(world, rounds=7):
    """Warm: the first start of each is not counted."""
    yardstick = world.folder / "empty-window"
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "libadwaita-1"], capture_output=True, text=True, check=True)
    subprocess.run(["cc", "-O2", here / "Yardsticks/empty-window.c", "-o", yardstick, *flags.stdout.split()], check=True)
    profile = world.folder / "copy-start"
    shutil.copytree(world.profile, profile)
    times = {"empty": [], "list": [], "composer": []}
    for _ in range(rounds + 1):
        empty = Program([yardstick])
        times["empty"].append(float(empty.wait(r"^painted ([\d.]+)")[1].group(1)))
        empty.end()
        for name, options, line in (
                ("list", [], r"\] painted ([\d.]+)"), ("composer", ["--note-to-self"], r"\] composer painted ([\d.]+)")):
            window = world.window_on(profile, *options)
            times[name].append(float(window.wait(line)[1].group(1)))
            if name == "composer":
                times[name][-1] = max(times[name][-1], float(window.wait(r"\] painted ([\d.]+)")[1].group(1)))
            window.end()
    empty, listed, composer = (statistics.median(times[name][1:]) for name in ("empty", "list", "composer"))
    multiple("start to a painted list, 100,000 messages", listed, empty, 2.5)
    multiple("start to a painted list and a composer", composer, empty, 2.5)


# Conversations.

def open_conversations(world, count=30):
    window = world.window()
    window.wait(r"\] painted ")
    time.sleep(2)
    window.focus()
    times, processor, opened = [], [], 0
    # On a host that takes the processor away, others are opened instead.
    while len(times) < count and opened < 3 * count:
        since = time.monotonic()
        window.drive("key", "alt+Down")
        at, line = window.wait(r"conversation painted ([\d.]+), processor ([\d.]+)", since, 20)
        opened += 1
        time.sleep(0.5)
        if not world.stolen.touches(at, at - since):
            times.append(float(line.group(1)))
            processor.append(float(line.group(2)))
    if len(times) < count:
        raise SystemExit(f"measure-window: only {len(times)} of {opened} conversations were opened with the whole processor")
    row(f"open a conversation, median of {count}", f"{statistics.median(times):.0f} ms")
    # On a machine that has other things to do, the rest of the time was theirs.
    row("open a conversation, processor time, median and p95", f"{statistics.median(processor):.0f} ms", f"{percentile(processor, 95):.0f} ms")
    at_most(f"open a conversation, p95 of {count}", percentile(times, 95), 100, "ms")
    row("openings while the host took the processor away", f"{opened - count} of {opened}")
    at_most(f"private dirty memory after {opened} conversations", window.private_dirty(), 80, "MB")
    window.end()


def scroll(world, pages=30, seconds=100):
    """Wheel steps up a conversation of 20,000 messages; what is being read must not move when a page is put above it."""
    window = world.window()
    window.wait(r"\] painted ")
    time.sleep(2)
    window.focus()
    window.drive("key", "ctrl+1")
    window.wait(r"conversation painted")
    time.sleep(1)
    window.drive("mousemove", "--window", window.id, 700, 300)
    since = time.monotonic()
    moved = []
    while len(moved) < pages and time.monotonic() - since < seconds:
        window.drive("click", "--repeat", 8, "--delay", 8, 4)
        time.sleep(0.25)  # a page that comes while the wheel turns would be told with the wheel's own way
        moved = window.floats(r"anchor moved (-?[\d.]+)", since)
    if not moved:
        raise SystemExit("measure-window: no page was put above the view")
    at_most(f"anchor of 20,000 messages, most of {len(moved)} pages", max(abs(value) for value in moved), 0, "px", 1)
    stalls = [
        float(match.group(1)) for at, match in window.find(r"\] stall ([\d.]+)", since)
        if not world.stolen.touches(at, float(match.group(1)) / 1000)]
    row("longest block of the main thread while scrolling", f"{max(stalls):.0f} ms" if stalls else "< 50 ms")
    window.end()


# Many messages at once.

def incoming(world, rounds=3):
    """5,000 messages come in while somebody writes in one of the conversations that they are for."""
    window = world.window(reachable=True)
    window.wait(r"\] painted ")
    window.focus()
    window.drive("key", "ctrl+1")
    window.wait(r"conversation painted")
    window.wait(r"Polled", seconds=60)
    time.sleep(3)
    window.drive("mousemove", "--window", window.id, 700, 690, "click", 1)  # into the composer
    keys, stalls, shown = [], [], []
    for number in range(rounds):
        unread = int(window.find(r"unread (\d+) painted")[-1][1].group(1))
        since = time.monotonic()
        typist = subprocess.Popen(
            ["xdotool", "type", "--delay", "25", "the quick brown fox jumps over the lazy dog and again " * 4])
        world.network.say("fill")
        world.network.wait("filled", since)
        # What is in the open conversation is read at once.
        arrived = window.wait(r"Keeping \d+ items", since)[0]
        painted = next_unread(window, arrived, unread + 4_750)
        shown.append((painted - arrived) * 1000)
        typist.wait()
        time.sleep(1)
        keys += [
            float(match.group(1)) for at, match in window.find(r"key painted ([\d.]+)", arrived - 0.5)
            if at < painted + 0.3 and not world.stolen.touches(at, float(match.group(1)) / 1000)]
        stalls += [
            (float(match.group(1)), float(match.group(2)))
            for at, match in window.find(r"\] stall ([\d.]+), processor ([\d.]+)", since)
            if not world.stolen.touches(at, float(match.group(1)) / 1000)]
        window.drive("key", "ctrl+a", "key", "BackSpace")
        time.sleep(3)
    if len(keys) < 20:
        raise SystemExit(f"measure-window: only {len(keys)} keys were painted")
    multiple("5,000 messages stored and painted after transfer", min(shown), world.bare, 1.5)
    longest, processor = max(stalls, default=(0, 0))
    row("processor time of the longest block meanwhile", f"{processor:.0f} ms")
    at_most("longest block of the main thread meanwhile", longest, 50, "ms")
    row("key to paint meanwhile, median", f"{statistics.median(keys):.0f} ms")
    at_most(f"key to paint meanwhile, p95 of {len(keys)}", percentile(keys, 95), 33, "ms")
    window.end()


# An account that comes back.

def restore(world):
    """A fresh window gets the 13 words of an account for which configs and 5,000 messages wait: once its page stays, once
    the conversations are opened at once and fill while they are looked at."""
    from .words import Words  # needs the bus of the screen readers

    asked = time.monotonic()
    world.network.say("restore")
    phrase = world.network.wait(r"restorable (.+)", asked, 300)[1].group(1).split()
    for name, opens_at_once in (("on its page", False), ("after Open Now", True)):
        window = world.window_on(world.folder / f"restored-{opens_at_once}", reachable=True)
        words = Words(window.process)
        words.press("Restore Account")
        words.fill_in(phrase)
        window.focus()
        since = time.monotonic()
        words.press("Continue")
        words.wait("Open Now")
        if opens_at_once:
            window.drive("key", "Return")  # the button has the keyboard
        end = time.monotonic() + 120
        while sum(int(match.group(1)) for _, match in window.find(r"Keeping (\d+) items", since)) < 5_000:
            if time.monotonic() > end:
                raise SystemExit("measure-window: the waiting messages did not all come")
            time.sleep(0.05)
        kept = window.wait(r"Polled", window.find(r"Keeping", since)[-1][0])[0]
        if not opens_at_once:
            window.drive("key", "Return")
        painted = next_unread(window, since, 4_750)
        time.sleep(1)
        stalls = [
            (float(match.group(1)), float(match.group(2)))
            for at, match in window.find(r"\] stall ([\d.]+), processor ([\d.]+)", since)
            if not world.stolen.touches(at, float(match.group(1)) / 1000)]
        longest, processor = max(stalls, default=(0, 0))
        row(f"5,000 messages restored {name}, kept and listed after", f"{(kept - since) * 1000:.0f} ms", f"{(painted - since) * 1000:.0f} ms")
        row(f"restore {name}: processor time of the longest block", f"{processor:.0f} ms")
        at_most(f"restore {name}: longest block of the main thread", longest, 50, "ms")
        window.end()


def next_unread(window, since, count, seconds=60):
    """When the list first showed so many unread messages."""
    end = time.monotonic() + seconds
    while True:
        counts = [(at, int(match.group(1))) for at, match in window.find(r"unread (\d+) painted", since)]
        painted = next((at for at, shown in counts if shown >= count), None)
        if painted:
            return painted
        if time.monotonic() > end:
            raise SystemExit(f"measure-window: of {count} messages the list shows {counts}")
        time.sleep(0.05)


# Doing nothing.

def idle(world):
    """A window with an open conversation that is not on the screen, on a network that answers and on one that does not."""
    windows = {"network reachable": world.window(reachable=True), "no network": world.window()}
    for window in windows.values():
        window.wait(r"\] painted ")
        window.focus()
        window.drive("key", "ctrl+1")
        window.wait(r"conversation painted")
    time.sleep(10)  # GTK's scroll bar fades; it would look for the end of that twice a second while nothing is drawn
    for window in windows.values():
        window.drive("windowunmap", window.id)
    time.sleep(20)
    began = time.monotonic()
    cpu = {name: window.cpu_seconds() for name, window in windows.items()}
    samples = {name: [(began, window.sleeps())] for name, window in windows.items()}
    while time.monotonic() - began < world.idle:
        time.sleep(0.5)
        for name, window in windows.items():
            samples[name].append((time.monotonic(), window.sleeps()))
    passed = time.monotonic() - began
    for name, window in windows.items():
        polls = [at for at, _ in window.find(r"Polled", began - 5)]
        share = (window.cpu_seconds() - cpu[name]) / passed * 100
        at_most(f"hidden for {passed:.0f} s, {name}: share of a core", share, 0.5, "%", 2)
        total = woken(samples[name], lambda start, end: True)
        rest = woken(samples[name], lambda start, end: not any(start - 0.5 < at < end + 0.5 for at in polls))
        row(f"hidden, {name}: wake-ups with {len(polls) / passed:.2f} polls/s", f"{total:.2f} /s")
        at_most(f"hidden, {name}: wake-ups besides polls", rest, 3, "/s", 2)
        window.end()


def woken(samples, counts):
    """Wake-ups a second in the stretches between samples that count."""
    sleeps = passed = 0
    for (start, old), (end, new) in zip(samples, samples[1:]):
        if counts(start, end):
            passed += end - start
            sleeps += sum(count - old.get(thread, 0) for thread, count in new.items())
    return sleeps / passed if passed else 0


# Idle comes before thousands of messages do: each member of the swarm is read from where it was left, so that for some
# minutes after such a flood every change of member brings it all again.
MEASUREMENTS = {
    "start": start, "open conversations memory": open_conversations, "scroll anchor": scroll, "hidden idle": idle,
    "incoming 5,000 messages": incoming, "restore 5,000 messages": restore,
}
