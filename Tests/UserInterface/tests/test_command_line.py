"""shallot-cli with good and bad arguments: exit codes, one line for each error, one process for each profile."""
import json
import os
import subprocess

from . import accessibility as a
from . import window

NOBODY = "05d2ad010eeb72d72e561d9de7bd7b6989af77dcabffa03a5111a6c859ae5c3a72"


def test_bad_arguments_end_with_one_line_and_the_code_of_the_manual(world):
    world.start_network()
    expect(world, 67, "account", "show")
    expect(world, 0, "account", "create", "--name", "Maria")
    broken = world.folder / "broken.json"
    broken.write_text("{")
    for code, *arguments in [
        (64,), (64, "nonsense"), (64, "account"), (64, "requests"), (64, "account", "create"), (64, "send", NOBODY),
        (64, "--bogus"), (64, "messages", NOBODY, "--limit", "0"), (64, "receive", "--timeout", "nan"),
        (64, "receive", "--timeout=-1"), (64, "network", "status", "--timeout", "inf"),
        (64, "send", NOBODY, "text", "--timeout", "1e300"), (65, "send", "05zz", "text"), (65, "send", NOBODY, ""),
        (65, "send", NOBODY, "x" * 2001), (65, "account", "restore", "--phrase", "one two"),
        (1, "account", "create", "--name", "Again"), (66, "--network", broken, "account", "show"),
        (66, "--network", "missing.json", "account", "show"), (67, "messages", NOBODY), (67, "requests", "accept", NOBODY),
        (67, "requests", "decline", NOBODY), (67, "requests", "block", NOBODY), (67, "contacts", "delete", NOBODY),
        (67, "contacts", "unblock", NOBODY), (67, "contacts", "nickname", NOBODY, "Tom"),
        (73, "--data", "/proc/nowhere/profile", "account", "show"),
    ]:
        expect(world, code, *arguments)
    expect(world, 0, "contacts", "block", NOBODY)
    expect(world, 2, "send", NOBODY, "text")
    expect(world, 0, "contacts", "unblock", NOBODY)
    for arguments in (["--help"], ["--version"], ["help", "send"], ["account", "create", "--help"]):
        assert expect(world, 0, *arguments).strip()


def test_an_error_that_nobody_reads_ends_with_its_code(world):
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer) as nobody:
        # There is no network file.
        assert subprocess.run(command(world, "account", "show"), stdout=nobody, stderr=nobody).returncode == 66


def test_a_second_profile_has_what_the_first_has(world):
    world.start_network()
    expect(world, 0, "account", "create", "--name", "Maria")
    expect(world, 0, "contacts", "block", NOBODY)
    expect(world, 0, "contacts", "nickname", NOBODY, "Tom")
    expect(world, 0, "sync")
    phrase = json.loads(expect(world, 0, "--json", "account", "show", "--phrase"))["recoveryPhrase"]
    second = ["--data", str(world.folder / "second"), "--json"]
    lines = expect(world, 0, *second, "account", "restore", "--phrase", phrase, "--wait").strip().splitlines()
    counts = json.loads(lines[-1])
    assert counts["displayName"] == "Maria" and counts["contacts"] == 1 and counts["isComplete"], counts
    shown = [json.loads(line) for line in expect(world, 0, *second, "config", "show").strip().splitlines()]
    assert [one["kind"] for one in shown] == ["UserProfile", "Contacts", "UserGroups", "ConvoInfoVolatile"], shown
    assert all(one["isInSwarm"] for one in shown) and shown[0]["data"]["n"] == "Maria", shown
    first = [json.loads(line) for line in expect(world, 0, "--json", "config", "show").strip().splitlines()]
    assert [one["data"] for one in first] == [one["data"] for one in shown]
    expect(world, 1, *second, "account", "restore", "--phrase", phrase)


def test_a_profile_in_use_by_the_command_line_is_refused(world):
    world.start_network()
    expect(world, 0, "account", "create", "--name", "Maria")
    following = subprocess.Popen(command(world, "receive", "--follow"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    world.programs.append(following)
    # Asking the profile itself could take it from the program that is about to.
    a.wait_for("the profile to be in use", lambda: holds_a_lock(following))
    expect(world, 75, "conversations")
    following.terminate()
    following.wait(timeout=20)
    expect(world, 0, "account", "show")


def test_a_profile_uses_the_network_that_was_chosen_for_it(world):
    world.start_network()
    expect(world, 0, "account", "create", "--name", "Maria")
    (world.folder / "cli" / "network.json").write_bytes(world.network.read_bytes())
    bare = [window.binaries / "shallot-cli", "--data", world.folder / "cli", "--no-keyring", "--json", "network", "status"]
    done = subprocess.run(bare, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["phase"] == "ready", done.stdout


def holds_a_lock(program):
    """Whether the kernel knows of a lock on a whole file or folder that the program has."""
    assert program.poll() is None, f"it ended with {program.returncode}"
    lines = (line.split() for line in open("/proc/locks", encoding="ascii"))
    return any(words[1] == "FLOCK" and words[4] == str(program.pid) for words in lines if words[1] != "->")


def command(world, *arguments):
    return [window.binaries / "shallot-cli", "--data", world.folder / "cli", "--network", world.network, "--no-keyring", *arguments]


def run(world, *arguments):
    return subprocess.run(command(world, *arguments), capture_output=True, text=True, timeout=60)


def expect(world, code, *arguments):
    done = run(world, *arguments)
    words = " ".join(map(str, arguments))[:80]
    assert done.returncode == code, f"{words}: {done.returncode} instead of {code}: {done.stderr}"
    lines = done.stderr.splitlines()
    assert len(lines) == (1 if code else 0), f"{words}: {lines}"
    return done.stdout
