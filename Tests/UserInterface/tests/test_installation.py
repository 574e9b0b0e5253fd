"""What Scripts/install puts somewhere works from there, and goes again without a trace."""
import os
import signal
import subprocess

from gi.repository import GLib

from . import accessibility as a
from . import desktop, window
from .test_background import call, process_of, running


def test_an_installation_is_started_by_the_desktop_and_can_be_removed(world):
    world.start_network()
    prefix = world.folder / "prefix"
    install(prefix, "--binaries", window.binaries)
    share = prefix / "share"
    subprocess.run(["desktop-file-validate", share / "applications/im.shallot.Shallot.desktop"], check=True)
    for page in ("shallot", "shallot-cli", "devnet"):
        subprocess.run(["man", "-w", page], check=True, stdout=subprocess.DEVNULL, env={**os.environ, "MANPATH": str(share / "man")})
    session = desktop.Session(world, services=[share / "dbus-1/services"], LANGUAGE="de")
    profile = session.home / ".local/share/shallot/default"
    profile.mkdir(parents=True, mode=0o700)
    (profile / "network.json").write_bytes(world.network.read_bytes())  # not the Session main network
    call(session, "Activate", GLib.Variant("(a{sv})", ({},)))
    process = process_of(session)
    try:
        assert os.readlink(f"/proc/{process}/exe") == str(prefix / "bin/shallot")
        world.app = running(session)
        a.wait_find(world.app, "push button", "Konto erstellen")
    finally:
        os.kill(process, signal.SIGTERM)
        a.wait_for("the end", lambda: not session.has_name("im.shallot.Shallot"))
    install(prefix, "--uninstall")
    left = [file for file in prefix.rglob("*") if file.is_file() and file.name not in ("mimeinfo.cache", "icon-theme.cache")]
    assert not left, left


def install(prefix, *options):
    done = subprocess.run(
        [window.root / "Scripts/install", "--prefix", prefix, *options], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
