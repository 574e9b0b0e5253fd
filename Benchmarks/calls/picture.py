"""What a call with a picture of 1280 × 720, 30 times a second, costs, against Chromium."""
import subprocess
import sys
import time

from tests import page as browser
from tests.world import eventually
from window.rows import multiple

from .host import Host, group, processor_time

SECONDS, LIMIT = 15, 1.3


def clips(folder):
    """The same pictures for both, as each reads them."""
    film, stills = folder / "film.avi", folder / "film.mjpeg"
    source = ["videotestsrc", "pattern=smpte", "horizontal-speed=4", "num-buffers=2400", "!",
              "video/x-raw,width=1280,height=720,framerate=30/1,format=I420", "!", "jpegenc", "quality=80"]
    subprocess.run(["gst-launch-1.0", "-q", *source, "!", "tee", "name=t", "t.", "!", "queue", "!", "avimux", "!",
                    "filesink", f"location={film}", "t.", "!", "queue", "!", "filesink", f"location={stills}"],
                   check=True, capture_output=True)
    return film, stills


def processor(world):
    film, stills = clips(world.folder)
    with Host("picture"):
        ours = own(world, film)
        if browser.is_installed():
            theirs = chromium(stills)
            multiple("call with 720p30, both ends, processor", ours, theirs, LIMIT, "%")
        else:
            print("# no chromium: nothing to compare with", file=sys.stderr)


def own(world, film):
    ben, anna = world.ben, world.anna
    ringing = ben.start("answer", "--once", "--video", film, "--audio", "1000", "--watch-video")
    calling = anna.start("call", ben.id, "--video", film, "--audio", "440", "--watch-video", "--duration", "70")
    both = (calling, ringing)
    # The rate grows by steps until it bears the large picture.
    eventually("large pictures both ways", lambda: all(
        process.events(event="stats") and process.events(event="stats")[-1].get("pictureHeight") == 720 for process in both), 50)
    time.sleep(2)
    counts = [process.events(event="stats")[-1]["pictures"] for process in both]
    used = share([process.process.pid for process in both])
    frames = [(process.events(event="stats")[-1]["pictures"] - count) / SECONDS for process, count in zip(both, counts)]
    rates = [process.events(event="stats")[-1]["pictureRate"] for process in both]
    for process in both:
        process.stop()
    print(f"# ours: {frames} pictures/s of 720 lines, {rates} bit/s allowed", file=sys.stderr, flush=True)
    return used


def chromium(stills):
    one, other = (browser.Page(f"--use-file-for-fake-video-capture={stills}") for _ in range(2))
    try:
        one.ask("begin", tone=440)
        other.ask("begin", tone=1000)
        answer = other.ask("answer", sdp=one.ask("offer")["sdp"])["sdp"]
        one.ask("accept", sdp=answer)
        time.sleep(2)
        for here, there in ((one, other), (other, one)):
            there.ask("add", list=[{key: found[key] for key in ("candidate", "sdpMid", "sdpMLineIndex")}
                                   for found in here.ask("candidates")["candidates"]])
        eventually("the channel", lambda: one.ask("look")["channel"] == "open")
        for page in (one, other):
            page.ask("video", on=True, width=1280, height=720)
        time.sleep(35)  # its estimate of what the way bears grows as ours does
        before = [page.ask("frames") for page in (one, other)]
        used = share([number for page in (one, other) for number in group(page.browser.pid)])
        after = [page.ask("frames") for page in (one, other)]
        frames = [(late["frames"] - early["frames"]) / SECONDS for early, late in zip(before, after)]
        print(f"# Chromium: {frames} pictures/s of {[late['height'] for late in after]} lines", file=sys.stderr, flush=True)
        return used
    finally:
        one.stop()
        other.stop()


def share(numbers):
    """Of one processor, in percent."""
    before = processor_time(numbers)
    time.sleep(SECONDS)
    return (processor_time(numbers) - before) / SECONDS * 100
