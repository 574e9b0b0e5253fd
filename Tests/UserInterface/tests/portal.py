"""A screen without a desktop: PipeWire of the test's own, a test picture as what is on the screen, and a portal to choose it."""
import json
import os
import pathlib
import subprocess

from gi.repository import Gio, GLib

from . import accessibility as a

CANCELLED, REFUSED = 1, 2
NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"


class Portal:
    """On the message bus of a session, and ends with it."""

    def __init__(self, session):
        self.session = session
        socket = session.home / "run/pipewire-0"
        session.start("pipewire")
        a.wait_for("PipeWire", socket.exists)
        session.start(
            "gst-launch-1.0", "videotestsrc", "is-live=true", "pattern=ball", "!",
            "video/x-raw,format=BGRx,width=640,height=360,framerate=15/1", "!", "pipewiresink", "mode=provide",
            "stream-properties=props,media.class=Video/Source,node.name=screen")
        self.node = a.wait_for("something on the screen", self._node)
        script = pathlib.Path(__file__).with_name("portal_service.py")
        session.start("/usr/bin/python3", "-B", str(script), session.address, str(socket))
        a.wait_for("the portal", lambda: session.has_name(NAME))

    def _tell(self, *command):
        return subprocess.run(
            command, capture_output=True, text=True, env={**os.environ, **self.session.environment}, timeout=10).stdout

    def _node(self):
        return next((item["id"] for item in json.loads(self._tell("pw-dump") or "[]")
                     if ((item.get("info") or {}).get("props") or {}).get("node.name") == "screen"), None)

    def connect(self, seconds=20):
        """Does what a desktop's session manager does: gives whoever waits for a stream the stream."""
        def connected():
            for port in self._tell("pw-link", "--input").split():
                self._tell("pw-link", "screen:out_0", port)
            return self._tell("pw-link", "--links").strip()
        a.wait_for("somebody who wants to see the screen", connected, seconds)

    def _ask(self, method, arguments=None):
        return self.session.bus.call_sync(
            NAME, PATH, "test.Person", method, arguments, None, Gio.DBusCallFlags.NONE, 5000, None).unpack()

    def look(self):
        return json.loads(self._ask("Look")[0])

    def wait_asked(self):
        a.wait_for("the question what to show", lambda: self.look()["asked"])

    def choose(self):
        self._ask("Answer", GLib.Variant("(uu)", (0, self.node)))

    def refuse(self, code):
        self._ask("Answer", GLib.Variant("(uu)", (code, 0)))

    def take_back(self):
        self._ask("TakeBack")

    def wait_given_back(self):
        a.wait_for("the screen to be given back", lambda: not (seen := self.look())["sessions"] and not seen["asked"])
