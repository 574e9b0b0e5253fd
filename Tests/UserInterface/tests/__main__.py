"""Finds the tests, runs each in a world of its own, and prints one line per test."""
import argparse
import contextlib
import importlib
import io
import pathlib
import sys
import time
import traceback

from . import window

parser = argparse.ArgumentParser(prog="Tests/UserInterface/desk")
parser.add_argument("--shared", type=pathlib.Path, required=True, help="folder in which desks note which tests they took")
parser.add_argument("--screenshots", type=pathlib.Path, help="keep pictures of every named state in this folder")
parser.add_argument("names", nargs="*")
arguments = parser.parse_args()
window.screenshots = arguments.screenshots.absolute() if arguments.screenshots else None
# What lasts longest begins first: at the end no desk works alone.
LONGEST = ("windows: nothing stays", "pages: onboarding", "calls_beside: a hidden", "calls_beside: the portal", "everything:",
           "calls_beside: who calls", "calls: declined", "calls: echo", "calls_beside: a lost", "notifications: notifications tell",
           "pages:", "calls: two")


def all_tests():
    def place(test):
        return next((place for place, beginning in enumerate(LONGEST) if test[0].startswith(beginning)), len(LONGEST))
    return sorted(found_tests(), key=place)


def found_tests():
    for module in sorted(pathlib.Path(__file__).parent.glob("test_*.py")):
        loaded = importlib.import_module(f"{__package__}.{module.stem}")
        for name, function in list(vars(loaded).items()):
            if name.startswith("test_"):
                yield f"{module.stem[5:]}: {name[5:].replace('_', ' ')}", function


def is_taken(number):
    """Whether another desk was first."""
    try:
        (arguments.shared / f"{number}.taken").touch(exist_ok=False)
        return False
    except FileExistsError:
        return True


def run(name, function):
    begun = time.monotonic()
    world = window.World()
    try:
        function(world)
        print(f"ok      {name} ({time.monotonic() - begun:.1f} s)")
        return True
    except Exception:
        print(f"FAILED  {name} ({time.monotonic() - begun:.1f} s)")
        traceback.print_exc(file=sys.stdout)
        world.describe_failure(name)
        return False
    finally:
        world.close()


for number, (name, function) in enumerate(all_tests()):
    if (arguments.names and not any(part in name for part in arguments.names)) or is_taken(number):
        continue
    # Desks write to one terminal: what belongs to a test stays together.
    with contextlib.redirect_stdout(io.StringIO()) as text, contextlib.redirect_stderr(text):
        passed = run(name, function)
    print(text.getvalue(), end="", flush=True)
    (arguments.shared / f"{number}.{'passed' if passed else 'failed'}").touch()
