"""What a recording holds."""
import array
import math
import pathlib
import struct
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


def clearest_second(values, frequency):
    """The share of a tone in the second in which there is most of it. Pieces of 50 ms are looked at: a machine that stands
    still leaves gaps, and after each the tone goes on at another place of its wave."""
    pieces = [strength(values[start:start + 2400], frequency) > 0.15 for start in range(0, len(values) - 2399, 2400)]
    return max((sum(pieces[start:start + 20]) / 20 for start in range(max(1, len(pieces) - 19))), default=0)


def assert_heard(values, frequency):
    share = clearest_second(values, frequency)
    assert share > 0.85, f"{frequency} Hz in {share:.0%} of the clearest second"


def assert_not_heard(values, frequency):
    share = clearest_second(values, frequency)
    assert share < 0.1, f"{frequency} Hz in {share:.0%} of the clearest second"


def loudness(values):
    return math.sqrt(sum(value * value for value in values) / max(1, len(values))) / 32_768


def numbers(path):
    """The numbers that the frames of a Matroska file carry, in order; None for a frame without one."""
    return [number(frame) for frame in frames(path, "GRAY8", 640, 360, 1)]


def number(frame):
    cells = [frame[16 * 640 + (2 * cell + 1) * 16] > 127 for cell in range(CELLS)]
    bits = cells[:BITS]
    if cells[BITS] != (sum(bits) % 2 == 1) or not cells[BITS + 1] or cells[BITS + 2] or cells[BITS + 3]:
        return None
    return int("".join("1" if bit else "0" for bit in bits), 2)


def brightness(path, decoder="vp8dec"):
    """The mean brightness of each frame of a Matroska file."""
    return [sum(frame) / len(frame) for frame in frames(path, "GRAY8", 32, 18, 1, decoder)]


def frames(path, form, width, height, bytes_each, decoder="vp8dec"):
    with tempfile.NamedTemporaryFile() as raw:
        subprocess.run(
            ["gst-launch-1.0", "-q", "filesrc", f"location={path}", "!", "matroskademux", "!", *decoder.split(), "!",
             "videoconvert", "!", "videoscale", "!", f"video/x-raw,format={form},width={width},height={height}", "!",
             "filesink", f"location={raw.name}"], check=True, capture_output=True, timeout=120)
        data = pathlib.Path(raw.name).read_bytes()
    size = width * height * bytes_each
    return [data[start:start + size] for start in range(0, len(data) - size + 1, size)]


def speech(path, seconds):
    """Writes sound that behaves like a voice, syllables of changing pitch and length with pauses, and gives its samples."""
    values, phase, number = array.array("h"), 0.0, 0
    while len(values) < seconds * 48_000:
        number += 1
        length, pitch = 0.12 + 0.02 * (number * 7 % 9), 110 + number * 37 % 90
        count, is_pause = int(length * 48_000), number * 5 % 7 in (2, 5)
        for index in range(count):
            phase += 2 * math.pi * pitch / 48_000
            envelope = 0 if is_pause else math.sin(math.pi * index / count)
            values.append(int(9_000 * envelope * (math.sin(phase) + 0.6 * math.sin(2 * phase) + 0.4 * math.sin(5 * phase))))
    head = b"RIFF" + struct.pack("<I", 36 + 2 * len(values)) + b"WAVEfmt " + struct.pack(
        "<IHHIIHH", 16, 1, 1, 48_000, 96_000, 2, 16) + b"data" + struct.pack("<I", 2 * len(values))
    pathlib.Path(path).write_bytes(head + values.tobytes())
    return values


def envelope(values, step=960):
    """Loudness of each 20 ms."""
    return [math.sqrt(sum(value * value for value in values[start:start + step:4]) * 4 / step)
            for start in range(0, len(values) - step + 1, step)]


def correlation(one, other):
    count = len(one)
    mean_one, mean_other = sum(one) / count, sum(other) / count
    both = sum((a - mean_one) * (b - mean_other) for a, b in zip(one, other))
    spread = math.sqrt(sum((a - mean_one) ** 2 for a in one) * sum((b - mean_other) ** 2 for b in other))
    return both / spread if spread else 0


def likeness(original, heard):
    """How alike the syllables are, 1 being the same: the mean over pieces of a second, each at its best place."""
    known, pieces = envelope(original), envelope(heard)
    found = []
    for start in range(0, len(pieces) - 49, 50):
        piece = pieces[start:start + 50]
        found.append(max(correlation(piece, known[place:place + 50]) for place in range(len(known) - 49)))
    return sum(found) / len(found)
