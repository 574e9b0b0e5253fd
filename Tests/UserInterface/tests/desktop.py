"""A desktop session of its own: a message bus, and on it what a test needs of a key ring, services and notifications."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

from gi.repository import Gio, GLib

from . import accessibility as a
from . import reader

CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><keep_umask/><listen>unix:path={folder}/bus</listen>{services}
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"""


class Session:
    """Everything of it ends with close(). Nothing of the session that runs the tests is touched."""

    def __init__(self, world, services=(), **environment):
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=world.folder))
        self.home = self.folder / "home"
        for folder in (".cache", ".local/share", ".config", "run"):
            (self.home / folder).mkdir(parents=True)
        (self.home / "run").chmod(0o700)
        self.address = f"unix:path={self.folder}/bus"
        lines = "".join(f"<servicedir>{folder}</servicedir>" for folder in services)
        (self.folder / "bus.conf").write_text(CONFIGURATION.format(folder=self.folder, services=lines))
        self.processes, self.keyring, self.more = [], None, environment
        self.start("dbus-daemon", "--nofork", "--nopidfile", f"--config-file={self.folder}/bus.conf")
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        # Its socket is there a moment before anybody listens.
        self.bus = a.wait_for("the message bus", lambda: Gio.DBusConnection.new_for_address_sync(self.address, flags, None, None))
        self.bus.set_exit_on_close(False)
        world.sessions.append(self)

    @property
    def environment(self):
        """For programs of this session. The screen reader's bus stays the one of the test."""
        return {
            "HOME": str(self.home), "XDG_RUNTIME_DIR": str(self.home / "run"), "DBUS_SESSION_BUS_ADDRESS": self.address,
            "XDG_DATA_HOME": str(self.home / ".local/share"), "XDG_CONFIG_HOME": str(self.home / ".config"),
            "XDG_CACHE_HOME": str(self.home / ".cache"), "AT_SPI_BUS_ADDRESS": reader.address(), **self.more,
        }

    def start(self, *command, text=None):
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, **self.environment})
        if text is not None:
            process.stdin.write(text.encode())
        process.stdin.close()
        self.processes.append(process)
        return process

    def has_name(self, name):
        reply = self.bus.call_sync(
            "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
            GLib.Variant("(s)", (name,)), None, Gio.DBusCallFlags.NONE, 5000, None)
        return reply.unpack()[0]

    def start_keyring(self, password=None):
        """With the password the key ring is unlocked, and made the first time; without, it starts locked."""
        how = ["--unlock"] if password else ["--start"]
        self.keyring = self.start(
            "gnome-keyring-daemon", "--foreground", "--components=secrets", *how, text=password or "")
        a.wait_for("the key ring", lambda: self.has_name("org.freedesktop.secrets"))

    def stop_keyring(self):
        self.keyring.send_signal(signal.SIGKILL)
        self.keyring.wait(timeout=10)
        a.wait_for("the key ring to go", lambda: not self.has_name("org.freedesktop.secrets"))

    def lose_keyring(self):
        shutil.rmtree(self.home / ".local/share/keyrings")

    def start_notifications(self, *capabilities):
        script = pathlib.Path(__file__).with_name("notification_service.py")
        self.start("/usr/bin/python3", "-B", str(script), self.address, *capabilities)
        a.wait_for("the notification service", lambda: self.has_name("org.freedesktop.Notifications"))

    def person(self, method, arguments=None):
        """What a person in front of the notifications sees and does."""
        reply = self.bus.call_sync(
            "org.freedesktop.Notifications", "/org/freedesktop/Notifications", "test.Person", method, arguments, None,
            Gio.DBusCallFlags.NONE, 5000, None)
        return reply.unpack()

    def notifications(self):
        return {int(number): shown for number, shown in json.loads(self.person("Look")[0])["shown"].items()}

    def wait_notification(self, containing, seconds=30):
        """Its number and content, once one has these words in title or body."""
        return a.wait_for(f"a notification “{containing}”", lambda: next(
            ((number, shown) for number, shown in self.notifications().items()
             if containing in shown["title"] + "\n" + shown["body"]), None), seconds)

    def press(self, number, action):
        self.person("Press", GLib.Variant("(us)", (number, action)))

    def reply(self, number, text):
        self.person("Reply", GLib.Variant("(us)", (number, text)))

    def put_away(self, number):
        self.person("PutAway", GLib.Variant("(u)", (number,)))

    def close(self):
        self.bus.close_sync(None)
        for process in reversed(self.processes):
            if process.poll() is None:
                process.kill()
                process.wait(timeout=10)
