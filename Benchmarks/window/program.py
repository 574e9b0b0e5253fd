"""One running Shallot whose detailed log is read line by line, and what the system knows about its process."""
import os
import pathlib
import re
import subprocess
import threading
import time


class Program:
    def __init__(self, command):
        self.lines = []  # (monotonic seconds, text)
        self.changed = threading.Condition()
        self.has_ended = False
        self.process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace")
        self.pid = self.process.pid
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            with self.changed:
                self.lines.append((time.monotonic(), line.rstrip()))
                self.changed.notify_all()
        with self.changed:
            self.has_ended = True
            self.changed.notify_all()

    def find(self, pattern, since=0.0):
        """The lines that match, as (time, match)."""
        with self.changed:
            pairs = [(at, re.search(pattern, text)) for at, text in self.lines if at >= since]
        return [(at, match) for at, match in pairs if match]

    def wait(self, pattern, since=0.0, seconds=60):
        end = time.monotonic() + seconds
        while True:
            found = self.find(pattern, since)
            if found:
                return found[0]
            with self.changed:
                if self.has_ended or time.monotonic() > end:
                    tail = "\n".join(text for _, text in self.lines[-15:])
                    raise SystemExit(f"measure-window: waited in vain for “{pattern}”; the last lines were\n{tail}")
                self.changed.wait(0.5)

    def say(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    # What the system knows.

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def private_dirty(self):
        """Megabytes."""
        text = pathlib.Path(f"/proc/{self.pid}/smaps_rollup").read_text()
        return int(re.search(r"Private_Dirty:\s+(\d+)", text).group(1)) / 1024

    def sleeps(self):
        """How often each thread went to sleep of its own will: each time somebody woke it again."""
        counts = {}
        for task in pathlib.Path(f"/proc/{self.pid}/task").iterdir():
            try:
                text = (task / "status").read_text()
            except OSError:
                continue  # ended meanwhile
            counts[task.name] = int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", text, re.M).group(1))
        return counts


class Window(Program):
    """The real window, driven by keys and the mouse of the virtual display."""

    def __init__(self, command):
        super().__init__(command)

    def focus(self):
        self.id = subprocess.run(
            ["xdotool", "search", "--sync", "--onlyvisible", "--pid", str(self.pid)], capture_output=True, text=True,
            check=True, timeout=60).stdout.split()[-1]
        self.drive("windowfocus", "--sync", self.id)

    def drive(self, *words):
        subprocess.run(["xdotool", *map(str, words)], check=True, stdout=subprocess.DEVNULL, timeout=120)

    def floats(self, pattern, since=0.0):
        return [float(match.group(1)) for _, match in self.find(pattern, since)]
