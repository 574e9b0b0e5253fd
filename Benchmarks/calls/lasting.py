"""Calls one after another: how soon they ring, how many succeed, and what they leave behind."""
import sys
import time

from tests.world import eventually
from window.rows import at_most, percentile, row

from .host import Host, dirty_memory

# Of the first ones libraries are loaded and buffers grow that every later call uses again.
FIRST, MORE = 5, 20


def consecutive(world, count):
    anna, ben = world.anna, world.ben
    answering = ben.start("answer", "--audio", "1000", "--video", "test", "--watch-video")
    rings, good, memory = [], 0, {}
    with Host(f"{count} calls"):
        for number in range(1, count + 1):
            good += one(anna, ben, answering, rings, number)
            memory[number] = dirty_memory(answering.process.pid)
    answering.stop()
    at_most("call, click to ring, p50", percentile(rings, 50), 1500, "ms")
    at_most("call, click to ring, p95", percentile(rings, 95), 3000, "ms")
    row(f"of {count} calls connected, with one end", f"{good}", budget=f">= {-(-count * 99 // 100)}", met=good >= count * 0.99)
    if count >= FIRST + MORE:
        change = memory[FIRST + MORE] - memory[FIRST]
        row("memory after 20 more calls", f"{change:+.1f} MB", budget="+-5 MB", met=abs(change) <= 5)
    print(f"# memory after calls 1, 5, 25, last: {[round(memory.get(n, 0), 1) for n in (1, 5, 25, count)]}", file=sys.stderr)


def one(anna, ben, answering, rings, number):
    """Anna calls, and hangs up after a second. Says whether all went as it should."""
    calling = anna.start("call", ben.id, "--audio", "440", "--duration", "1")
    try:
        code = calling.wait(90)
        clicked = calling.events(event="call")[0]
        call = clicked["call"]
        eventually("both ends", lambda: answering.events(call=call, phase="ended"), 20)
        rings.append(answering.events(call=call, phase="ringing")[0]["time"] - clicked["time"])
        both = [process.events(call=call, phase="connected") for process in (calling, answering)]
        ends = (calling.events(call=call, phase="ended")[0]["reason"], answering.events(call=call, phase="ended")[0]["reason"])
        if code == 0 and all(both) and ends == ("hung up here", "hung up there"):
            return 1
        print(f"# call {number}: {code}, connected {[bool(one) for one in both]}, {ends}", file=sys.stderr, flush=True)
    except Exception as error:
        print(f"# call {number}: {error!r} {calling.lines[-3:]} {calling.errors[-3:]}", file=sys.stderr, flush=True)
        calling.stop()
        time.sleep(3)
    finally:
        if calling in anna.world.processes:
            anna.world.processes.remove(calling)
    return 0
