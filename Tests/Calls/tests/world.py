"""The embedded network, a relay, and two people with profiles."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading
import time

from .page import Page
from .wire import Doors, Wire

ROOT = pathlib.Path(__file__).resolve().parents[3]
BINARIES = pathlib.Path(os.environ.get("SHALLOT_BINARIES") or ROOT / ".build/debug")


def eventually(what, condition, limit=60):
    """Looks again and again until the condition holds."""
    end = time.monotonic() + limit
    while not (value := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"not within {limit} s: {what}")
        time.sleep(0.05)
    return value


class Process:
    """A program that writes JSON lines."""

    def __init__(self, *command):
        self.lines, self.command = [], command
        self.process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.errors = []
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=lambda: self.errors.extend(self.process.stderr), daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            try:
                self.lines.append(json.loads(line))
            except ValueError:
                self.lines.append({"text": line.strip()})

    def events(self, **fields):
        return [line for line in list(self.lines) if all(line.get(key) == value for key, value in fields.items())]

    def write(self, **fields):
        self.process.stdin.write(json.dumps(fields) + "\n")
        self.process.stdin.flush()

    def wait(self, limit=60):
        code = self.process.wait(limit)
        time.sleep(0.2)  # the reader's last lines
        return code

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Person:
    def __init__(self, world, name):
        self.world, self.name = world, name
        self.id = self.run("account", "create", "--name", name)[0]["accountID"]

    def command(self, *words):
        return [*self.world.prefix(self.name), BINARIES / "shallot-cli", "--data", self.world.folder / self.name, "--network", self.world.network,
                "--no-keyring", "--json", *words]

    def run(self, *words):
        done = subprocess.run([str(part) for part in self.command(*words)], capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise AssertionError(f"{words[0]} ended with {done.returncode}: {done.stderr}")
        return [json.loads(line) for line in done.stdout.splitlines()]

    def start(self, *words):
        return self.world.start(*self.command(*words))

    def file(self, name):
        return self.world.folder / f"{self.name}-{name}"


class World:
    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="shallot-calls-"))
        os.environ["GST_REGISTRY"] = str(self.folder / "registry")
        self.processes, self.pages = [], []
        self.network, self.is_known_to_page = self.folder / "network.json", False
        self.relay = self._relay()
        options = ["--call-relay", self.relay] if self.relay else []
        self.bridge = self.start(BINARIES / "CallBridge", "--address-block", os.getpid() % 5000,
                                 "--network-file", self.network, *options)
        ready = eventually("the network", lambda: self.bridge.events(event="ready"))
        self.echo, self.contact = ready[0]["echo"], ready[0]["id"]
        self.open_doors()
        self.anna, self.ben = Person(self, "anna"), Person(self, "ben")
        self.anna.run("send", self.ben.id, "hello", "--wait")
        self.ben.run("receive", "--timeout", "60")
        self.ben.run("requests", "accept", self.anna.id)
        self.ben.run("send", self.anna.id, "hello", "--wait")
        self.anna.run("receive", "--timeout", "60")
        for person in (self.anna, self.ben):
            person.run("calls", "direct")
        self.lasting = len(self.processes)
        return self

    def tidy(self):
        """Ends what a test that failed has left running."""
        for process in self.processes[self.lasting:]:
            process.stop()

    def __exit__(self, *_):
        for page in self.pages:
            page.stop()
        for process in reversed(self.processes):
            process.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def prefix(self, name):
        """What a person's programs are started with."""
        return []

    def open_doors(self):
        """Lets people reach the network."""

    def acquaint_page(self):
        """Lets Ben and the page's contact accept each other, once."""
        if self.is_known_to_page:
            return
        self.ben.run("send", self.contact, "hello", "--wait")
        eventually("the contact's acceptance",
                   lambda: self.ben.run("receive", "--timeout", "2") or self.bridge.events(event="accepted"))
        self.ben.run("receive", "--timeout", "5")
        self.is_known_to_page = True

    @property
    def page(self):
        """Chromium, from the first test that asks for it on."""
        if not self.pages:
            self.pages.append(Page())
        return self.pages[0]

    def start(self, *command):
        process = Process(*command)
        self.processes.append(process)
        return process

    def _relay(self):
        """None where there is no coturn."""
        if not shutil.which("turnserver"):
            return None
        relay = self.start(*self.prefix("relay"), ROOT / "Scripts/call-relay", 20000 + os.getpid() % 10000, "u", "p")
        return eventually("the relay", lambda: relay.lines)[0]["text"]

    def last_words(self):
        """What the latest programs said, for whoever reads a failure."""
        return "".join(f"--- {' '.join(map(str, process.command[-8:]))}\n{process.lines[-8:]}\n{process.errors[-5:]}\n"
                       for process in self.processes[-2:])


class FarWorld(World):
    """Two people on machines of their own, with a wire between them."""

    def __enter__(self):
        self.wire, self.doors = Wire(), []
        try:
            return super().__enter__()
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_):
        if hasattr(self, "processes"):
            super().__exit__()
        for doors in self.doors:
            doors.stop()
        self.wire.stop()

    def prefix(self, name):
        return ["ip", "netns", "exec", self.wire.spaces[name]]

    def open_doors(self):
        self.doors = [Doors(self.bridge.process.pid, self.wire.spaces[name]) for name in ("anna", "ben")]
