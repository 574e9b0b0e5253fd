"""What the machine was doing meanwhile."""
import os
import sys
import time

TICKS = os.sysconf("SC_CLK_TCK")


class Host:
    """Says on standard error how much of the processors the host gave to others, so that one knows what a time is worth."""

    def __init__(self, what):
        self.what, self.begun, self.stolen = what, time.monotonic(), stolen()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        share = (stolen() - self.stolen) / TICKS / (time.monotonic() - self.begun) / os.cpu_count()
        print(f"# {self.what}: the host kept {share:.0%} of the processors, load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)


def stolen():
    with open("/proc/stat", encoding="ascii") as stat:
        return int(stat.readline().split()[8])


def processor_time(numbers):
    """Seconds that these processes have had so far."""
    total = 0
    for number in numbers:
        try:
            with open(f"/proc/{number}/stat", encoding="ascii") as stat:
                fields = stat.read().rpartition(")")[2].split()
            total += (int(fields[11]) + int(fields[12])) / TICKS
        except OSError:
            pass  # it has ended
    return total


def group(leader):
    """All processes of a process group."""
    found = []
    for number in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.getpgid(int(number)) == leader:
                found.append(int(number))
        except OSError:
            pass
    return found


def dirty_memory(number):
    """Private dirty memory of a process in MB."""
    with open(f"/proc/{number}/smaps_rollup", encoding="ascii") as text:
        return next(int(line.split()[1]) for line in text if line.startswith("Private_Dirty")) / 1024
