"""Runs the tests and prints one line for each."""
import sys
import time
import traceback

from . import calls
from .world import World


def main():
    wanted = sys.argv[1:]
    tests = [(name, test) for name, test in vars(calls).items()
             if name.startswith("test_") and (not wanted or any(word in name for word in wanted))]
    passed = failed = 0
    with World() as world:
        for name, test in tests:
            begun = time.monotonic()
            try:
                test(world)
                passed += 1
                print(f"ok    {name} ({time.monotonic() - begun:.1f} s)", flush=True)
            except Exception:
                failed += 1
                print(f"FAIL: {name}\n{traceback.format_exc()}{world.last_words()}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


sys.exit(main())
