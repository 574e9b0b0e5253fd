"""When the processor was taken away: a virtual machine does not get all of the time that passes on its clock."""
import threading
import time


class StolenTime:
    """Notes every ten milliseconds how much time the host has given to others so far."""

    def __init__(self):
        self.changes = []  # the moments at which the count had grown
        self.last = count()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self):
        while True:
            time.sleep(0.01)
            now = count()
            if now != self.last:
                self.last = now
                self.changes.append(time.monotonic())

    def touches(self, end, seconds):
        """Whether some of the `seconds` before `end` (monotonic) was stolen; the count is a moment late."""
        return any(end - seconds <= at <= end + 0.02 for at in self.changes)


def count():
    """In hundredths of a second, of all processors."""
    with open("/proc/stat", encoding="ascii") as stat:
        return int(stat.readline().split()[8])
