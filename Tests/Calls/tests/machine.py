"""What a machine has: a screen, and sound."""
import ctypes
import os
import shutil
import subprocess

from .world import eventually


class Screen:
    """A display of our own that is all red."""

    def __enter__(self):
        reader, writer = os.pipe()
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", "800x600x24"], pass_fds=[writer],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as told:
            self.name = f":{told.readline().strip()}"
        library = ctypes.CDLL("libX11.so.6")
        library.XOpenDisplay.restype = ctypes.c_void_p
        library.XDefaultRootWindow.restype = ctypes.c_ulong
        self.library, self.display = library, ctypes.c_void_p(library.XOpenDisplay(self.name.encode()))
        root = ctypes.c_ulong(library.XDefaultRootWindow(self.display))
        library.XSetWindowBackground(self.display, root, ctypes.c_ulong(0xD00000))
        library.XClearWindow(self.display, root)
        library.XSync(self.display, 0)
        return self

    def __exit__(self, *_):
        self.library.XCloseDisplay(self.display)
        self.process.terminate()
        self.process.wait(10)


class SoundServer:
    """A sound server of our own with two microphones."""

    def __init__(self, folder):
        self.folder, self.address = folder, f"unix:{folder}/socket"

    def __enter__(self):
        self.folder.mkdir()
        self.process = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--log-level=error",
             f"--load=module-native-protocol-unix auth-anonymous=1 socket={self.folder}/socket",
             "--load=module-null-sink sink_name=first",
             "--load=module-remap-source source_name=ear master=first.monitor", "--load=module-rescue-streams"],
            env={"HOME": str(self.folder), "XDG_RUNTIME_DIR": str(self.folder), "PATH": os.environ["PATH"]},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        eventually("the sound server", lambda: self.tell("info"))
        self.tell("set-default-source", "ear")
        self.load_other()
        return self

    def load_other(self):
        self.other = self.tell("load-module", "module-remap-source", "source_name=other", "master=first.monitor")

    def tell(self, *words):
        return subprocess.run(["pactl", "--server", self.address, *words], capture_output=True, text=True).stdout.strip()

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)
