"""A world of its own for each test: a local network, a profile folder, the app, and other people at the command line."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request

from . import accessibility, desk

root = pathlib.Path(__file__).resolve().parents[3]
binaries = pathlib.Path(os.environ.get("SHALLOT_BINARIES", root / ".build/debug"))
screenshots = None


class Person:
    """Somebody else, at the command line, on the same network."""

    def __init__(self, world, name, folder=None):
        self.world, self.name = world, name
        self.folder = folder or world.folder / f"person-{name}"
        self.id = self.run("account", "create", "--name", name)[0]["accountID"]

    def run(self, *arguments, seconds=60, accepts=(0,)):
        command = [binaries / "shallot-cli", "--data", self.folder, "--network", self.world.network, "--json", "--no-keyring", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds)
        if done.returncode not in accepts:
            raise AssertionError(f"shallot-cli {' '.join(arguments)}: {done.returncode} {done.stderr.strip()}")
        return [json.loads(line) for line in done.stdout.splitlines() if line.strip()]

    def send(self, account, text):
        return self.run("send", account, text, "--wait")

    def receive_until(self, condition, seconds=40):
        end = time.monotonic() + seconds
        seen = []
        while time.monotonic() < end:
            seen += self.run("receive", "--timeout", "5")
            for event in seen:
                if condition(event):
                    return event
        raise AssertionError(f"{self.name} did not receive it; saw {seen}")


class World:
    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=os.environ["SHALLOT_UI_WORLD"]))
        self.network = self.folder / "network.json"
        self.programs, self.sessions, self.app, self.echo = [], [], None, None
        self.beside = []  # other worlds that end with this one

    def start_network(self, *options):
        events = self.folder / "devnet.events"
        with open(events, "w") as out, open(self.folder / "devnet.log", "w") as log:
            command = [binaries / "devnet", "--network-file", self.network, "--echo", *options]
            if "--state" in options:
                # It comes back on the same port, which the network of another desk must not take meanwhile.
                command += ["--base-port", str(23_000 + os.getpid() % 5_000)]
            self.programs.append(subprocess.Popen(command, stdout=out, stderr=log))
        ready = accessibility.wait_for(
            "the local network", lambda: next((line for line in events.read_text().splitlines() if '"ready"' in line), None))
        self.echo, self.control_port = json.loads(ready)["echo"], json.loads(ready).get("control")

    def stop_network(self):
        devnet = self.programs.pop(next(i for i, p in enumerate(self.programs) if "devnet" in str(p.args[0])))
        devnet.terminate()
        devnet.wait(timeout=20)

    def person(self, name, folder=None):
        return Person(self, name, folder)

    def control(self, command, **parameters):
        """Asks the local network for something; it was started with `--control 0`."""
        body = json.dumps({"command": command, **parameters}).encode()
        with urllib.request.urlopen(f"http://127.0.0.1:{self.control_port}/", body, timeout=10) as answer:
            return json.load(answer)

    def launch(self, *arguments, profile="profile", environment=None, through=()):
        """Starts the program, through another one if asked, and waits for nothing."""
        log = open(self.folder / "app.log", "a")
        place = ["--data", self.folder / profile, "--network", self.network] if profile else []
        # Each start is an application of its own on the bus of this run.
        process = subprocess.Popen(
            [*through, binaries / "shallot", *place, *arguments], stdout=log, stderr=log, env={**os.environ, **(environment or {})})
        self.programs.append(process)
        return process

    def start_app(self, *arguments, profile="profile", environment=None, seconds=30, through=()):
        self.process = self.launch(*arguments, profile=profile, environment=environment, through=through)
        self.app = accessibility.application(self.process, seconds)
        return self.app

    def stop_app(self, kill=False):
        self.process.send_signal(signal.SIGKILL if kill else signal.SIGTERM)
        self.process.wait(timeout=20)
        self.app = None

    def said(self):
        """What the app wrote on standard error so far."""
        return (self.folder / "app.log").read_text(errors="replace")

    def picture(self, name):
        """Keeps a picture of the windows on the display, when the run was asked for pictures."""
        if screenshots:
            time.sleep(0.4)  # only for the eye: lets a transition end
            path = screenshots / f"{name}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run(["import", "-window", "root", "-trim", "+repage", path], check=True)

    def describe_failure(self, name):
        for log in ("app.log", "devnet.log"):
            path = self.folder / log
            if path.exists():
                lines = path.read_text(errors="replace").splitlines()
                crash = next((index for index, line in enumerate(lines) if "Fatal error" in line or "crashed" in line), None)
                end = lines[-15:] if crash is None else lines[max(0, crash - 5):crash + 60]
                print(f"--- {log}\n" + "\n".join(end))
        for program in self.programs:
            if program.poll() is None:
                print(f"--- {pathlib.Path(program.args[0]).name}: {state(program.pid)}")
        print("--- display\n" + "\n".join(desk.titles()))
        if self.app:
            print("--- window\n" + "\n".join(accessibility.outline(self.app)))
        if screenshots:
            self.picture("failed-" + "".join(c if c.isalnum() else "-" for c in name))

    def close(self):
        for program in reversed(self.programs):
            if program.poll() is None:
                program.terminate()
                try:
                    program.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    program.kill()
                    program.wait()
        for part in self.sessions + self.beside:
            part.close()
        self.programs, self.sessions, self.beside = [], [], []
        shutil.rmtree(self.folder, ignore_errors=True)


def state(process):
    """What the main thread does now: a main loop at rest is in a poll (7), one that hangs for ever in a futex (202)."""
    try:
        return "system call " + pathlib.Path(f"/proc/{process}/syscall").read_text().split()[0]
    except OSError as error:
        return str(error)
