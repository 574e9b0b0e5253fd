"""Finds the tests, runs each in a world of its own, prints one line per test and a summary."""
import argparse
import importlib
import pathlib
import sys
import time
import traceback

from . import window

parser = argparse.ArgumentParser(prog="Tests/UserInterface/run")
parser.add_argument("--screenshots", type=pathlib.Path, help="keep pictures of every named state in this folder")
parser.add_argument("names", nargs="*")
arguments = parser.parse_args()
window.screenshots = arguments.screenshots.absolute() if arguments.screenshots else None

found = []
for module in sorted(pathlib.Path(__file__).parent.glob("test_*.py")):
    loaded = importlib.import_module(f"{__package__}.{module.stem}")
    found += [(f"{module.stem[5:]}: {name[5:].replace('_', ' ')}", function)
              for name, function in vars(loaded).items() if name.startswith("test_")]
if arguments.names:
    found = [test for test in found if any(name in test[0] for name in arguments.names)]

failed = 0
for name, function in found:
    begun = time.monotonic()
    world = window.World()
    try:
        function(world)
        print(f"ok      {name} ({time.monotonic() - begun:.1f} s)", flush=True)
    except Exception:
        failed += 1
        print(f"FAILED  {name} ({time.monotonic() - begun:.1f} s)", flush=True)
        traceback.print_exc()
        world.describe_failure(name)
    finally:
        world.close()
print(f"{len(found) - failed} passed, {failed} failed", flush=True)
sys.exit(bool(failed) or not found)
