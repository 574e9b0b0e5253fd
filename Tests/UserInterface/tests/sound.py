"""A sound server of the test's own: what is played is heard by a microphone."""
import math
import os
import struct
import subprocess
import wave

from . import accessibility as a


class SoundServer:
    def __init__(self, world):
        self.folder = world.folder / "sound"
        self.folder.mkdir()
        self.address = f"unix:{self.folder}/socket"
        process = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--log-level=error",
             f"--load=module-native-protocol-unix auth-anonymous=1 socket={self.folder}/socket",
             "--load=module-null-sink sink_name=mouth", "--load=module-null-sink sink_name=speaker",
             "--load=module-remap-source source_name=ear master=mouth.monitor"],
            env={"HOME": str(self.folder), "XDG_RUNTIME_DIR": str(self.folder), "PATH": os.environ["PATH"]},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        world.programs.append(process)
        self.world = world
        a.wait_for("the sound server", lambda: self.tell("info"))
        self.tell("set-default-source", "ear")
        self.tell("set-default-sink", "speaker")

    @property
    def environment(self):
        return {"PULSE_SERVER": self.address}

    def tell(self, *words):
        return subprocess.run(["pactl", "--server", self.address, *words], capture_output=True, text=True).stdout.strip()

    def microphones_in_use(self):
        """By programs: the server's own microphone listens to what is played."""
        return sum("protocol-native" in line for line in self.tell("list", "short", "source-outputs").splitlines())

    def play(self, seconds):
        """Lets the microphone hear a tone."""
        file = self.folder / "tone.wav"
        with wave.open(str(file), "wb") as tone:
            tone.setparams((1, 2, 48_000, 0, "NONE", ""))
            tone.writeframes(b"".join(
                struct.pack("<h", int(16_000 * math.sin(2 * math.pi * 440 * number / 48_000))) for number in range(48_000 * seconds)))
        process = subprocess.Popen(["paplay", "--server", self.address, "--device", "mouth", str(file)])
        self.world.programs.append(process)
        return process
