"""Runs the tests and prints one line for each."""
import subprocess
import sys
import time
import traceback

from . import calls, desktop, halfway, ways
from .world import FarWorld, World


def run(kind, modules, wanted):
    tests = [(name, test) for module in modules for name, test in vars(module).items()
             if name.startswith("test_") and (not wanted or any(word in name for word in wanted))]
    passed = 0
    if not tests:
        return 0, 0
    with kind() as world:
        for name, test in tests:
            begun = time.monotonic()
            try:
                test(world)
                passed += 1
                print(f"ok    {name} ({time.monotonic() - begun:.1f} s)", flush=True)
            except Exception:
                print(f"FAIL: {name}\n{traceback.format_exc()}{world.last_words()}", flush=True)
                world.tidy()
    return passed, len(tests) - passed


def main():
    wanted = sys.argv[1:]
    passed = failed = 0
    try:
        passed, failed = run(FarWorld, (ways,), wanted)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"      (no network namespaces on this machine, {error}: the tests of ways are left out)")
    # Chromium last: what it thinks that the way bears suffers when other suites run beside it.
    more = run(World, (calls, halfway, desktop), wanted)
    passed, failed = passed + more[0], failed + more[1]
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


sys.exit(main())
