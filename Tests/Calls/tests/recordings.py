"""What a recording holds."""
import array
import math
import pathlib
import subprocess
import tempfile

CELLS, BITS = 20, 16


def samples(path, last_seconds=None):
    values = array.array("h", pathlib.Path(path).read_bytes()[44:])
    return values[-int(last_seconds * 48_000):] if last_seconds else values


def strength(values, frequency):
    """Of one frequency: about half the amplitude of a pure tone, 1 being full scale."""
    step = 2 * math.pi * frequency / 48_000
    real = sum(value * math.cos(step * index) for index, value in enumerate(values))
    imaginary = sum(value * math.sin(step * index) for index, value in enumerate(values))
    return math.hypot(real, imaginary) / max(1, len(values)) / 32_768


def is_heard(values, frequency):
    """Whether a tone is in most of a recording. Pieces of 50 ms are looked at: a busy machine leaves gaps, and after each
    the tone goes on at another place of its wave."""
    pieces = [values[start:start + 2400] for start in range(0, len(values) - 2399, 2400)]
    return sum(strength(piece, frequency) > 0.15 for piece in pieces) > 0.7 * max(1, len(pieces))


def loudness(values):
    return math.sqrt(sum(value * value for value in values) / max(1, len(values))) / 32_768


def numbers(path):
    """The numbers that the frames of a Matroska file carry, in order; None for a frame without one."""
    with tempfile.NamedTemporaryFile() as raw:
        subprocess.run(
            ["gst-launch-1.0", "-q", "filesrc", f"location={path}", "!", "matroskademux", "!", "vp8dec", "!",
             "videoconvert", "!", "videoscale", "!", "video/x-raw,format=GRAY8,width=640,height=360", "!", "filesink",
             f"location={raw.name}"], check=True, capture_output=True, timeout=120)
        data = pathlib.Path(raw.name).read_bytes()
    return [number(data[start:start + 640 * 360]) for start in range(0, len(data) - 640 * 360 + 1, 640 * 360)]


def number(frame):
    cells = [frame[16 * 640 + (2 * cell + 1) * 16] > 127 for cell in range(CELLS)]
    bits = cells[:BITS]
    if cells[BITS] != (sum(bits) % 2 == 1) or not cells[BITS + 1] or cells[BITS + 2] or cells[BITS + 3]:
        return None
    return int("".join("1" if bit else "0" for bit in bits), 2)
